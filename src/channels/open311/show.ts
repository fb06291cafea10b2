import { responsible } from '#case/next-moment.ts';
import { formatLocal } from '#clock/civil.ts';
import { maskInText } from '#directory/mask.ts';
import type { Snapshot } from '#directory/snapshot.ts';
import type { Instant } from '#kernel/instant.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { Branch } from './answers.ts';
import type { Found } from './query.ts';
import type { Service } from './services.ts';

const LONGEST = 4000;

/** A moment in the W3 format, to the second. */
export const w3 = (at: Instant): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** With what a request is shown. */
export interface Look {
  service: Service;
  /** The version of the pack the case follows. */
  pack: CompiledPack;
  directory: Pick<Snapshot, 'units'>;
  lang: 'zh' | 'en';
  /** Whether the reader has a key: words and buildings are shown to nobody else. */
  keyed: boolean;
}

/**
 * One request as the specification shows it: where it stands in the words meant for owners, what was promised, who is in
 * charge by office. Nothing personal is in it: no name, no number, no room, and no words of the house's own.
 */
export function showRequest(found: Found, { service, pack, directory, lang, keyed }: Look): Branch {
  const { state, open, place, estate } = found;
  const procedure = pack.procedures[state.procedure];
  const here = procedure?.states[state.state];
  const unitId = responsible(state)?.unitId;
  const unit = directory.units.find(({ id }) => id === unitId);
  const promises = state.clocks
    .filter((run) => run.status === 'running' && procedure?.clocks[run.clock]?.shownToOwner === true)
    .sort((a, b) => a.dueAt - b.dueAt);
  const last = promises.at(-1);
  const content = state.values.content;
  return {
    service_request_id: state.number,
    status: open ? 'open' : 'closed',
    status_notes: (here?.owner ?? here?.title)?.[lang] ?? null,
    service_name: service.name[lang],
    service_code: service.code,
    description: keyed && typeof content === 'string' ? maskInText([...content].slice(0, LONGEST).join('')) : null,
    agency_responsible: unit ? (lang === 'en' && unit.nameEn ? unit.nameEn : unit.name) : null,
    service_notice: last
      ? promises
          .map((run) => noticeOf(procedure?.clocks[run.clock]?.title[lang] ?? run.clock, run.dueAt, lang))
          .join('；')
      : null,
    requested_datetime: w3(state.receivedAt),
    updated_datetime: w3(open ? found.changedAt : (state.closedAt ?? found.changedAt)),
    expected_datetime: last ? w3(last.dueAt) : null,
    address: keyed ? (place?.name ?? estate) : estate,
    address_id: keyed ? (place?.id ?? null) : null,
    zipcode: null,
    lat: null,
    long: null,
    media_url: null,
  };
}

const noticeOf = (title: string, at: Instant, lang: 'zh' | 'en'): string =>
  lang === 'zh' ? `${title}：${formatLocal(at)} 前` : `${title}: by ${formatLocal(at)}`;
