import { z } from 'zod';
import { packSchema } from '../language/pack.ts';
import { procedureSchema } from '../language/procedure.ts';

/** The language as JSON Schema, so that editors complete and check packs while they are written. */
export function packJsonSchema(): { pack: unknown; procedure: unknown } {
  const options = { io: 'input', unrepresentable: 'any' } as const;
  // A pack's head lies in a file of its own; its procedures are files beside it.
  return {
    pack: z.toJSONSchema(packSchema.omit({ procedures: true }), options),
    procedure: z.toJSONSchema(procedureSchema, options),
  };
}
