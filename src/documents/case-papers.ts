import { z } from 'zod';
import type { CaseEvent, DocumentSection } from '#case/event.ts';
import { textSchema } from '#policy/language/text.ts';
import type { DocumentModel, PaperLanguage, PrintedAttachment } from './model.ts';
import { words } from './words.ts';

/** What stands around every form of a case. */
export interface Letterhead {
  company: string;
  estate?: string;
  /** Address of the case's page. */
  page?: string;
  lang: PaperLanguage;
}

/** A form that was issued on a case, with the attachments it needs to be printed. */
export interface CasePaper {
  form: string;
  number: string;
  digest: string;
  model: DocumentModel;
  /** Ids of attachments shown in it, and of the drawn signature. */
  shows: string[];
  signatureImage: string | null;
}

const anyText = z.object({ zh: z.string(), en: z.string() });
const sectionsSchema = z.array(
  z.object({
    title: anyText,
    rows: z.array(z.object({ label: anyText, value: z.string(), attachments: z.array(z.string()).optional() })),
  }),
);

/** Every form issued on a case as it was issued, in order, from its journal and nothing else: a later change of the case alters none. */
export function papersOf(events: readonly CaseEvent[], head: Letterhead): CasePaper[] {
  const papers: CasePaper[] = [];
  for (const event of events) {
    if (event.type === 'documentIssued') papers.push(issued(event, head));
    else if (event.type === 'documentSigned') {
      const paper = papers.findLast(({ digest }) => digest === event.data.digest);
      if (!paper) continue;
      const { signer, method, witness, attachment } = event.data;
      paper.model.signatures = [{ label: words.signature, signer, method, at: event.at, witness }];
      paper.signatureImage = attachment;
    } else if (event.type === 'signatureVoided') {
      const paper = papers.findLast(({ digest }) => digest === event.data.digest);
      if (paper) paper.model.remark = event.data.reason;
    }
  }
  return papers;
}

function issued(event: Extract<CaseEvent, { type: 'documentIssued' }>, head: Letterhead): CasePaper {
  const { form, number, digest, title } = event.data;
  // Sections are personal content; after an erasure the form is printed without them and says so.
  const read = sectionsSchema.safeParse(event.personal?.sections);
  const sections: DocumentSection[] = read.success
    ? read.data.map((section) => ({
        title: section.title,
        rows: section.rows.map(({ label, value, attachments }) => ({
          label,
          value,
          ...(attachments ? { attachments } : {}),
        })),
      }))
    : [];
  const model: DocumentModel = {
    title: textSchema.parse(title),
    number,
    company: head.company,
    sections,
    signatures: [],
    digest,
    issuedAt: event.at,
    lang: head.lang,
    ...(head.estate ? { estate: head.estate } : {}),
    ...(head.page ? { qr: head.page } : {}),
    ...(read.success ? {} : { remark: words.erased }),
  };
  const shows = [...new Set(sections.flatMap(({ rows }) => rows.flatMap(({ attachments }) => attachments ?? [])))];
  return { form, number, digest, model, shows, signatureImage: null };
}

/** The paper ready to print, with its pictures. `attachments` holds those it shows; unknown ids are printed as they are. */
export function withPictures(
  paper: CasePaper,
  attachments: ReadonlyMap<string, PrintedAttachment>,
  signature: Uint8Array | null,
): DocumentModel {
  return {
    ...paper.model,
    attachments: paper.shows.flatMap((id) => attachments.get(id) ?? []),
    signatures: paper.model.signatures.map((one) => (signature ? { ...one, imagePng: signature } : one)),
  };
}
