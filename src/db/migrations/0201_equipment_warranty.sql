-- Until when a piece of equipment is under warranty, and which firm outside stands for it.
alter table huiyin.equipment add column warranty_until date;
alter table huiyin.equipment add column warrantor_id uuid;
alter table huiyin.equipment add foreign key (tenant_id, warrantor_id)
  references huiyin.outside_organisation (tenant_id, organisation_id);
