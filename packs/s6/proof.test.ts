import { provedBeforeUse } from '../../test/support/breaking.ts';
import { pack } from './golden.ts';
import { breaks } from './shown/breaks.ts';

provedBeforeUse(pack, breaks);
