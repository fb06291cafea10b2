import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';

/** What a file may weigh; a workbook of 100,000 rows weighs about 5 MB. */
export const LARGEST_FILE = 40 * 1_048_576;

/** Why a file cannot be read at all, each with what to do. */
export const faults = {
  tooLarge: refusal(
    'sheet.tooLarge',
    text(
      `文件超过 ${LARGEST_FILE / 1_048_576} MB：请删去图片和空白工作表，或分成几个文件`,
      `The file is larger than ${LARGEST_FILE / 1_048_576} MB: take pictures and further sheets out, or send it in parts`,
    ),
    { field: 'file' },
  ),
  tooManyRows: refusal(
    'sheet.tooManyRows',
    text('超过 20 万行：请分成几个文件', 'More than 200,000 rows: send the file in parts'),
    { field: 'file' },
  ),
  encrypted: refusal(
    'sheet.encrypted',
    text(
      '文件有打开密码：请在 Excel 中取消密码（文件 › 信息 › 保护工作簿）后重新上传',
      'The file is protected by a password: take it off in Excel (File › Info › Protect Workbook) and send it again',
    ),
    { field: 'file' },
  ),
  oldExcel: refusal(
    'sheet.oldExcel',
    text(
      '这是旧版 Excel 文件（.xls）：请另存为 .xlsx 后重新上传',
      'This is a file of an old Excel (.xls): save it as .xlsx and send it again',
    ),
    { field: 'file' },
  ),
  macros: refusal(
    'sheet.macros',
    text(
      '文件含有宏：请另存为不含宏的 .xlsx 后重新上传',
      'The file contains macros: save it as .xlsx without macros and send it again',
    ),
    { field: 'file' },
  ),
  notSheet: refusal(
    'sheet.unreadable',
    text(
      '读不出这个文件：请上传 .xlsx，或 UTF-8、GB18030 编码的 .csv',
      'This file cannot be read: send .xlsx, or .csv in UTF-8 or GB18030',
    ),
    { field: 'file' },
  ),
  empty: refusal('sheet.empty', text('文件里没有数据', 'There is nothing in the file'), { field: 'file' }),
} satisfies Record<string, Refusal>;

/** Carries a fault out of the depths of a stream. */
export class SheetFault extends Error {
  readonly refusal: Refusal;
  constructor(why: Refusal) {
    super(why.code);
    this.refusal = why;
  }
}
