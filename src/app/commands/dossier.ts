import { readFile } from 'node:fs/promises';
import { errorCode, Trouble } from '#db/trouble.ts';
import { verifyDossier } from '#documents/dossier/verify.ts';
import { text } from '#kernel/text.ts';
import type { Command } from '../command.ts';

/** Verifies a sealed dossier offline: 0 when sound, 1 when anything in it was changed. */
export const command: Command = {
  doc: text('离线核验封存的卷宗', 'Verify a sealed dossier offline'),
  usage: 'verify <file>',
  flags: { key: { type: 'string' } },
  run: async ({ words, flags, say }) => {
    const [verb, file] = words;
    if (verb !== 'verify' || !file)
      throw new Trouble(
        'dossier.usage',
        '用法：huiyin dossier verify <卷宗.zip> [--key 公钥指纹]',
        'Usage: huiyin dossier verify <dossier.zip> [--key fingerprint]',
      );
    const report = verifyDossier(await read(file), typeof flags.key === 'string' ? flags.key : null);
    const { members, entries, anchors } = report.checked;
    for (const { severity, member, message } of report.findings) {
      const mark = severity === 'broken' ? '✗' : '·';
      const where = member ? `${member}: ` : '';
      say(text(`${mark} ${where}${message.zh}`, `${mark} ${where}${message.en}`));
    }
    const counted = text(
      `${members} 个文件、${entries} 条日志、${anchors} 个锚点`,
      `${members} files, ${entries} journal entries, ${anchors} anchors`,
    );
    const name = report.number ?? file;
    say(
      report.sound
        ? text(`✓ ${name} 完好：${counted.zh}`, `✓ ${name} is sound: ${counted.en}`)
        : text(`✗ ${name} 已被改动（核验了 ${counted.zh}）`, `✗ ${name} was changed (checked ${counted.en})`),
    );
    return report.sound ? 0 : 1;
  },
};

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const code = errorCode(cause);
    throw new Trouble('dossier.file', `无法读取 ${file}（${code}）`, `Cannot read ${file} (${code})`);
  }
}
