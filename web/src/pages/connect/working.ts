import type { ConnectionView } from '../../api/connections.ts';

/** Whether a service is in use and was heard of; one that is only written to says nothing by itself. */
export const isWorking = ({ active, reach, heardAt }: ConnectionView): boolean =>
  active && (reach === 'none' || heardAt !== null);
