-- Who has not yet said where he lives stands among what waits for a person: looked for by every measurement.
create index message_in_held on huiyin.message_in (tenant_id, kept_at) where status = 'held';
