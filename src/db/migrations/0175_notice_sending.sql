-- By which way each notice goes and whether it arrived: one row for each try, the planned ones too. What waits for the
-- morning or for others like it is a row with a later `due_at`; so is the next way, for when the first is not read.
create table huiyin.notice_sending (
  tenant_id text not null,
  case_id uuid not null,
  seq int not null,
  attempt int not null,
  way text not null,
  -- Masked: who looks at the history learns the way, not the number.
  address text not null,
  -- What goes to the same place may go together.
  place text not null,
  reason text not null check (reason in ('first', 'quiet', 'together', 'unread', 'failed', 'again')),
  status text not null check (status in ('planned', 'sending', 'sent', 'failed', 'needless')),
  due_at timestamptz not null,
  settled_at timestamptz,
  note text,
  -- How many notices went in the same message.
  in_one int not null default 1,
  primary key (tenant_id, case_id, seq, attempt),
  foreign key (tenant_id, case_id, seq) references huiyin.notice (tenant_id, case_id, seq)
);
create index notice_sending_due on huiyin.notice_sending (tenant_id, due_at) where status = 'planned';
create index notice_sending_place on huiyin.notice_sending (tenant_id, place, settled_at desc) where status = 'sent';
create index notice_undelivered on huiyin.notice (tenant_id, delivery_at desc) where delivery = 'failed';
alter table huiyin.notice_sending enable row level security;
create policy own_tenant on huiyin.notice_sending using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert on huiyin.notice_sending to huiyin_app;
grant update (reason, status, due_at, settled_at, note, in_one) on huiyin.notice_sending to huiyin_app;

-- How a person came to read it: in the program, or by the link of a letter.
alter table huiyin.notice add column read_by text check (read_by in ('page', 'link'));
grant update (read_by) on huiyin.notice to huiyin_app;
alter table huiyin.case_link add column in_letter boolean not null default false;

-- How a company tells its people, and what each of them chose instead; null: as the company says.
create table huiyin.notice_rules (
  tenant_id text not null references huiyin.tenant,
  quiet_from text check (quiet_from ~ '^\d\d:\d\d$'),
  quiet_to text check (quiet_to ~ '^\d\d:\d\d$'),
  together_minutes int not null check (together_minutes between 0 and 1440),
  unread_minutes int not null check (unread_minutes between 0 and 10080),
  ways text[] not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id),
  check ((quiet_from is null) = (quiet_to is null))
);
create table huiyin.notice_choice (
  tenant_id text not null,
  person_id uuid not null,
  quiet text not null check (quiet in ('company', 'own', 'never')),
  quiet_from text check (quiet_from ~ '^\d\d:\d\d$'),
  quiet_to text check (quiet_to ~ '^\d\d:\d\d$'),
  together text not null check (together in ('company', 'own', 'never')),
  together_minutes int check (together_minutes between 1 and 1440),
  ways text[],
  changed_at timestamptz not null,
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id),
  check (quiet <> 'own' or (quiet_from is not null and quiet_to is not null)),
  check (together <> 'own' or together_minutes is not null)
);
alter table huiyin.notice_rules enable row level security;
create policy own_tenant on huiyin.notice_rules using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert, update on huiyin.notice_rules to huiyin_app;
alter table huiyin.notice_choice enable row level security;
create policy own_tenant on huiyin.notice_choice using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert, update on huiyin.notice_choice to huiyin_app;
