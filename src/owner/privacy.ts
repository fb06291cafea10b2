import type { FastifyInstance } from 'fastify';
import { whichCompany } from '#directory/which-company.ts';
import type { OwnerDeps } from './deps.ts';
import { html } from './html.ts';
import type { Lang } from './language.ts';
import { send } from './layout.ts';
import { visit } from './visit.ts';

const notice: Record<Lang, readonly (readonly [string, string])[]> = {
  zh: [
    [
      '记下什么',
      '您写的内容、时间和地点，您的姓名、电话、邮箱（如果填了），您传的照片，以及办理的经过。照片里的拍摄位置会自动去掉。',
    ],
    ['为什么记', '为了找到您、把事情办好、证明答应的时间有没有做到。不用来做广告，也不卖给别人。'],
    [
      '谁能看',
      '只有办这件事的人和他们的上级。姓名、电话、房号平时是遮住的，要看全必须写理由，每次查看都有记录。您投诉的人不参与办理。',
    ],
    [
      '记多久',
      '办完后归档，按公司的档案年限保存。经过不能涂改；依法应当删除个人信息时，姓名、电话、房号和照片可以删除，经过仍然可以核对。',
    ],
    ['您的页面', '知道网址的人就能打开您的页面，请不要随意转发。发错了人，请马上打服务中心电话告诉我们。'],
    ['想查、想改、想删', '打服务中心电话，或在您的页面上补充留言。'],
    [
      '这几页本身',
      '不用注册，不放跟踪工具，不从别的网站加载任何东西。还没发出去的内容暂存在您自己的手机上，断网也不丢；发出后马上删除，最多留一天。',
    ],
  ],
  en: [
    [
      'What we keep',
      'What you wrote, when and where; your name, number and e-mail if you gave them; your photos; and what was done. The place stored inside photos is removed.',
    ],
    [
      'Why',
      'To reach you, to put things right, and to prove whether promises were kept. Never for advertising, never sold.',
    ],
    [
      'Who sees it',
      'Only those who deal with it and their superiors. Names, numbers and rooms are masked; seeing them takes a reason, and every look is recorded. Whoever you complain of takes no part.',
    ],
    [
      'How long',
      'After it is finished it is archived for as long as the company keeps its records. What happened cannot be altered; where the law asks for it, your name, number, room and photos can be erased and the rest still verifies.',
    ],
    [
      'Your page',
      'Anyone who knows its address can open it, so do not pass it on. If it went to the wrong person, call the service centre at once.',
    ],
    ['To see, correct or erase', 'Call the service centre, or write on your page.'],
    [
      'These pages',
      'No account, no trackers, nothing loaded from elsewhere. What you have not sent yet is kept on your own phone, so that a lost connection costs nothing; it is removed once it was sent, or after a day.',
    ],
  ],
};

/** What is kept, why, who sees it, how long, whom to ask. */
export function privacyRoute(app: FastifyInstance, deps: OwnerDeps): void {
  app.get('/o/p', async (request, reply) => {
    const query = new URLSearchParams(request.url.split('?')[1] ?? '');
    const named = query.get('company') ?? undefined;
    const company = await whichCompany(deps.pool, { host: request.host, named });
    const look = await visit(deps, request, company?.tenant ?? '');
    const title = look.speak('privacy');
    return send(
      reply,
      200,
      look,
      title,
      html`<h1>${title}</h1>${notice[look.lang].map(([heading, words]) => html`<h2>${heading}</h2><p>${words}</p>`)}`,
    );
  });
}
