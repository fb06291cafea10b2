-- Versions of procedures as they were handed in, with what the check found, who decided and from when they are in force.
create table huiyin.pack_proposal (
  tenant_id text not null,
  id uuid not null,
  -- As the text names itself; empty where it cannot be read.
  pack text not null,
  version text not null,
  digest text not null,
  sources json not null,
  origin text not null check (origin in ('upload', 'folder', 'terminal')),
  note text not null default '',
  author_id text,
  author_name text not null,
  handed_in_at timestamptz not null,
  -- The version in force then.
  based_on text,
  -- What the check found at that moment; empty lists for a sound one.
  verdict json not null,
  -- faulty: it cannot be approved; approved: waits for its moment; failed: nobody held a role when its moment came.
  status text not null
    check (status in ('faulty', 'waiting', 'approved', 'inForce', 'rejected', 'withdrawn', 'failed')),
  reviewer_id text,
  reviewer_name text,
  reason text,
  decided_at timestamptz,
  in_force_from timestamptz,
  settled_at timestamptz,
  settled_zh text,
  settled_en text,
  primary key (tenant_id, id),
  -- Four eyes.
  check (reviewer_id is null or author_id is null or status = 'withdrawn' or reviewer_id <> author_id),
  check ((status in ('faulty', 'waiting')) = (decided_at is null))
);
create index pack_proposal_time on huiyin.pack_proposal (tenant_id, handed_in_at desc);
alter table huiyin.pack_proposal enable row level security;
create policy own_tenant on huiyin.pack_proposal using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert on huiyin.pack_proposal to huiyin_app;
grant update (status, reviewer_id, reviewer_name, reason, decided_at, in_force_from, settled_at, settled_zh, settled_en)
  on huiyin.pack_proposal to huiyin_app;
