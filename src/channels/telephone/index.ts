export { registerTelephone } from './routes.ts';
