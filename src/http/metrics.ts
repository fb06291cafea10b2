import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is measured, for /metrics. */
export interface Metrics {
  registry: Registry;
  http: Histogram<'method' | 'route' | 'status'>;
  handle: Histogram<'command' | 'outcome'>;
  failures: Counter<'where'>;
}

/** How things stand outside this process, asked only when somebody looks. */
export interface Standing {
  /** Seconds the most overdue timer is late; 0 when none is. */
  timerLag(): Promise<number>;
  /** Outside work that waits. */
  queue(): Promise<number>;
  /** Mails of which no case could be made. */
  deadLetters(): Promise<number>;
}

/** Opens the measures. Event loop, memory and garbage collection come from prom-client's defaults. */
export function openMetrics(standing: Standing): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'huiyin_timer_lag_seconds',
    help: 'How late the most overdue timer is',
    registers: [registry],
    async collect() {
      this.set(await standing.timerLag());
    },
  });
  new Gauge({
    name: 'huiyin_jobs_waiting',
    help: 'Outside work that waits to be done',
    registers: [registry],
    async collect() {
      this.set(await standing.queue());
    },
  });
  new Gauge({
    name: 'huiyin_dead_letters',
    help: 'Mails that could not be registered by themselves and wait for a person',
    registers: [registry],
    async collect() {
      this.set(await standing.deadLetters());
    },
  });
  return {
    registry,
    http: new Histogram({
      name: 'huiyin_http_seconds',
      help: 'Time to answer a request',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers: [registry],
    }),
    handle: new Histogram({
      name: 'huiyin_handle_seconds',
      help: 'Time from an order to its record on disk',
      labelNames: ['command', 'outcome'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
      registers: [registry],
    }),
    failures: new Counter({
      name: 'huiyin_failures_total',
      help: 'Timers and outside work that failed',
      labelNames: ['where'],
      registers: [registry],
    }),
  };
}
