-- Taking a place away asks every table that may point to it; without an index each asks all its rows.
create index equipment_premises on huiyin.equipment (tenant_id, premises_id);
create index equipment_riser on huiyin.equipment (tenant_id, riser_id) where riser_id is not null;
-- Changes are read whole and joined by hash; keeping this index cost more than it gave.
drop index huiyin.import_change_row;
