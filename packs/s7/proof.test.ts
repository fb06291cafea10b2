import { provedBeforeUse } from '../../test/support/breaking.ts';
import { breaks } from '../s6/shown/breaks.ts';
import { pack } from './golden.ts';

provedBeforeUse(pack, breaks);
