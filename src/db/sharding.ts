/**
 * How the tables lie when the database is sharded by tenant (Citus). A company's tables that are not named here are
 * distributed by `tenant_id`; `distribute.sql` says so table by table, and a test holds both to the schema as it is.
 */

/** The organisation: small, read by every other table's keys, and its triggers must speak on the coordinator. */
export const REFERENCE_TABLES: Readonly<Record<string, string>> = {
  tenant: 'the companies themselves: every other table points to it',
  unit: 'posts, people and premises point to it; its trigger tells the servers to read the organisation afresh',
  person: 'logins, sessions and keys point to it; its trigger tells the servers to read the organisation afresh',
  post_assignment: 'its trigger tells the servers to read the organisation afresh',
  superior: 'its trigger tells the servers to read the organisation afresh',
  shift: 'its trigger tells the servers to read the organisation afresh',
  skill: 'certificates point to it',
  person_skill: 'who can do what is part of the organisation kept in memory',
  certificate_rules: 'when people are told of certificates that end is part of the organisation kept in memory',
  certificate_told: 'goes with its certificate',
  shift_pattern: 'working times are part of the organisation kept in memory',
  shift_pattern_part: 'as shift_pattern',
  shift_assignment: 'as shift_pattern',
  shift_swap: 'as shift_pattern',
  absence: 'as shift_pattern',
  substitution: 'who stands in is part of the organisation kept in memory',
  authority_limit: 'who decides up to what is part of the organisation kept in memory',
  territory: 'crews and places point to it',
  territory_place: 'which place lies in which territory is part of the organisation kept in memory',
  territory_crew: 'which crew works where is part of the organisation kept in memory',
};

/** The installation's own books: no company's data, so they stay where the installation is. */
export const LOCAL_TABLES: Readonly<Record<string, string>> = {
  migration: 'what was done to the schema; one row per migration of the whole installation',
  installation: 'what the installation is for; one row',
  anchor: 'signed summaries over digests of all companies; one signature vouches for the installation',
  sandbox_clock: 'how far a demo’s clock was moved; one row, and none in a company’s database',
};

/** Functions that look at more than one company, run as the owner of the schema, and answer only this. */
export const CROSSING_FUNCTIONS: Readonly<Record<string, string>> = {
  tenants: 'names of the companies, for the sign-in page and for jobs that go through them one by one',
  tenant_of_host: 'which company an address belongs to, for whoever has not signed in yet',
  next_wake: 'when the next timer of anybody is due; a moment, nobody’s data',
  claim_due: 'timers of anybody that are due, for the clockwork, which then acts for each company alone',
  connections_in_use:
    'which companies have connected a service that is listened to on a line, each of which is then listened to alone',
  notices_due: 'companies that have notices to send now, each of which is then served alone',
  peek_due: 'the same without holding them',
  journal_reached: 'how many places the journal has given out; a count, for the anchors',
  journal_heads: 'digests of all journals, for the anchors',
  migrations_applied: 'a count, for the readiness of the server',
  jobs_waiting: 'a count, for the metrics',
  add_jobs: 'puts outside effects into the queue of jobs, whose tables the server may not touch itself',
  claim_purpose: 'what the installation is for, said once',
};
