import { type Text, text } from '#kernel/text.ts';

const MB = 1024 * 1024;

/** One sort of file that may be handed in, found by its bytes and never by its name. */
export interface FileKind {
  what: Text;
  /** Media types as the sniffer names them → the type and ending we keep. */
  types: Record<string, { type: string; ending: string }>;
  /** Largest size in bytes. */
  limit: number;
}

const one = (type: string, ending: string): Record<string, { type: string; ending: string }> => ({
  [type]: { type, ending },
});

/** What may be handed in. A new sort of file is one entry. */
export const fileKinds: FileKind[] = [
  {
    what: text('图片', 'a picture'),
    types: {
      ...one('image/jpeg', 'jpg'),
      ...one('image/png', 'png'),
      ...one('image/webp', 'webp'),
      'image/apng': { type: 'image/png', ending: 'png' },
      // Telephones take them; few programs open them, so they are kept as JPEG.
      'image/heic': { type: 'image/jpeg', ending: 'jpg' },
      'image/heif': { type: 'image/jpeg', ending: 'jpg' },
    },
    limit: 20 * MB,
  },
  {
    what: text('视频', 'a film'),
    types: {
      ...one('video/mp4', 'mp4'),
      'video/x-m4v': { type: 'video/mp4', ending: 'mp4' },
      ...one('video/quicktime', 'mov'),
    },
    limit: 100 * MB,
  },
  {
    what: text('录音', 'a sound recording'),
    types: {
      ...one('audio/mpeg', 'mp3'),
      'audio/x-m4a': { type: 'audio/mp4', ending: 'm4a' },
      'audio/mp4': { type: 'audio/mp4', ending: 'm4a' },
      ...one('audio/wav', 'wav'),
      // What WeChat, WeCom and DingTalk record.
      ...one('audio/amr', 'amr'),
    },
    limit: 30 * MB,
  },
  { what: text('PDF 文件', 'a PDF file'), types: one('application/pdf', 'pdf'), limit: 20 * MB },
  {
    what: text('Word 或 Excel 文件', 'a Word or Excel file'),
    types: {
      ...one('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'),
      ...one('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'),
    },
    limit: 20 * MB,
  },
  { what: text('文本文件', 'a text file'), types: one('text/plain', 'txt'), limit: MB },
];

/** The largest any file may be; larger bodies need not be read at all. */
export const LARGEST_UPLOAD = Math.max(...fileKinds.map((kind) => kind.limit));

/** The endings a person can choose from, for the `accept` of an upload field and for refusals. */
export const allowedEndings: string[] = [
  ...new Set(fileKinds.flatMap((kind) => Object.values(kind.types).map(({ ending }) => ending))),
];

/** The kind of a sniffed media type, or undefined when it may not be handed in. */
export function kindOf(sniffed: string): { kind: FileKind; type: string; ending: string } | undefined {
  for (const kind of fileKinds) {
    const known = Object.hasOwn(kind.types, sniffed) ? kind.types[sniffed] : undefined;
    if (known) return { kind, ...known };
  }
  return undefined;
}
