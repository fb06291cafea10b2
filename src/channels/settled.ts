/** SQL: nobody has seen to the letter yet. `$1` is the company; channel, direction and key are expressions of the query. */
export const unsettled = (channel: string, direction: string, key: string): string =>
  `not exists (select 1 from huiyin.letter_settled as s
     where s.tenant_id = $1 and s.channel = ${channel} and s.direction = ${direction} and s.key = ${key})`;
