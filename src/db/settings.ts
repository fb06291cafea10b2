import { totalmem } from 'node:os';

/**
 * Server settings for a machine of 2–8 cores that also runs everything else. Passed on the command line, so an upgrade
 * changes them without editing anybody's file.
 */
export function serverSettings(socketDir: string, durable: boolean): string[] {
  const megabytes = Math.floor(totalmem() / 1_048_576);
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    max_connections: '60',
    shared_buffers: '128MB',
    effective_cache_size: `${Math.max(256, Math.floor(megabytes / 2))}MB`,
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    random_page_cost: '1.1',
    jit: 'off',
    huge_pages: 'off',
    io_method: 'sync',
    max_parallel_workers_per_gather: '1',
    autovacuum_max_workers: '2',
    wal_level: 'replica',
    max_wal_senders: '4',
    max_replication_slots: '4',
    // Rare checkpoints: right after each one every touched page is logged whole.
    max_wal_size: durable ? '2GB' : '256MB',
    min_wal_size: durable ? '256MB' : '64MB',
    checkpoint_timeout: '15min',
    synchronous_commit: durable ? 'on' : 'off',
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    idle_in_transaction_session_timeout: '5min',
    log_min_messages: 'warning',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] %u@%d ',
    cluster_name: 'huiyin',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
