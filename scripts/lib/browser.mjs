import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { npmTrouble, Stop, say, step } from './common.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc';

/** The browser's path; installs it (with Chinese fonts) as root, otherwise says in one line what is missing. */
export async function ensureBrowser() {
  const found = find();
  if (found && (existsSync(FONT) || process.getuid() !== 0)) return found;
  if (process.getuid() !== 0) {
    throw new Stop(
      '缺少浏览器：请以管理员执行 apt-get install -y chromium fonts-noto-cjk 后再运行测试',
      'The browser is missing: as administrator run apt-get install -y chromium fonts-noto-cjk, then run the tests again',
    );
  }
  say('正在安装浏览器与中文字体 …', 'Installing the browser and Chinese fonts …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await step('apt-get', ['update'], { env });
  const install = await step('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], {
    env,
  });
  const now = find();
  if (install.code !== 0 || !now)
    throw npmTrouble({ zh: '安装浏览器', en: 'install the browser' }, update.text + install.text);
  return now;
}

function find() {
  if (process.env.HUIYIN_CHROMIUM && existsSync(process.env.HUIYIN_CHROMIUM)) return process.env.HUIYIN_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}
