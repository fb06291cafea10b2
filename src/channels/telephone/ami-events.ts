import type { Said } from '#inbox/calls/hear.ts';

/** One message of the manager interface: lines `Key: value`. */
export type Packet = { readonly [key: string]: string };

/** Takes whole messages off what has arrived; what is not yet whole remains. */
export function packetsIn(arrived: string): { packets: Packet[]; rest: string } {
  const parts = arrived.split('\r\n\r\n');
  const rest = parts.pop() ?? '';
  const packets = parts.map((part) =>
    Object.fromEntries(
      part.split('\r\n').flatMap((line): [string, string][] => {
        const at = line.indexOf(': ');
        return at > 0 ? [[line.slice(0, at), line.slice(at + 2)]] : [];
      }),
    ),
  );
  return { packets, rest };
}

/** `PJSIP/801-00000001` is the telephone 801. */
const telephoneOf = (channel: string | undefined): string | undefined =>
  /^[^/]+\/(.+)-[0-9a-f]+(?:;\d)?$/.exec(channel ?? '')?.[1];
/** The variable by which the dialplan says where a recording will lie. */
const RECORDING = 'HUIYIN_RECORDING';

/**
 * What an Asterisk says, as an exchange says it: a call is the channel that came in, by whose id its others are linked.
 * Undefined for what does not concern a call, and for the second and further telephones of one.
 */
export function saidBy(packet: Packet, now: number): Said | undefined {
  const { Event, Uniqueid, Linkedid, DialStatus, CallerIDNum, Exten, Timestamp } = packet;
  if (Uniqueid === undefined || Linkedid === undefined || Uniqueid !== Linkedid) return undefined;
  const at = Timestamp === undefined ? now : Math.round(Number(Timestamp) * 1000);
  const common = { call: Linkedid, at, caller: CallerIDNum, dialled: Exten };
  if (Event === 'DialState' && DialStatus === 'RINGING') return { kind: 'ringing', ...common };
  if (Event === 'DialEnd' && DialStatus === 'ANSWER')
    return { kind: 'answered', ...common, extension: telephoneOf(packet.DestChannel) };
  if (Event === 'Hangup') return { kind: 'ended', ...common };
  if (Event === 'VarSet' && packet.Variable === RECORDING && packet.Value)
    return { kind: 'recording', ...common, recording: packet.Value };
  return undefined;
}
