import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';

/** How many cases one sender may begin within an hour without somebody looking. */
export const MOST_CASES_AN_HOUR = 20;
/** With this a message begins another case though one is open. */
export const NEW_MATTER = '新事';

/** The words of a message beside which its number stands in a place of its own. */
export const besides = (number: string | null, words: string): string =>
  number !== null && words.startsWith(`${number} `) ? words.slice(number.length + 1) : words;

/** Keys of the menu under a conversation. */
export const MENU = { begin: 'begin:', mine: 'mine', place: 'place' } as const;

/** Why a message became nothing, or waits for a person. */
export const why = {
  event: refusal('channel.event', text('只是平台事件，没有内容', 'An event of the service, without words')),
  receipt: refusal('channel.receipt', text('送达回执，已记到那条消息上', 'A receipt, written down with its message')),
  unknownReceipt: refusal(
    'channel.unknownReceipt',
    text('回执对应的消息不是本系统发出的', 'A receipt of a message that was not ours'),
  ),
  left: refusal('channel.left', text('对方取消了关注', 'He left')),
  strange: refusal(
    'channel.strange',
    text(
      '这种消息读不了，已请对方改发文字、图片或语音',
      'Messages of this sort cannot be read; he was asked for words, a picture or a recording',
    ),
  ),
  empty: refusal('channel.empty', text('消息里没有内容', 'There is nothing in the message')),
  asked: refusal('channel.asked', text('答复里缺说明，已请对方补上', 'The answer lacked words; he was asked for them')),
  tooMany: refusal(
    'channel.tooMany',
    text(
      `同一发送人一小时内已登记 ${MOST_CASES_AN_HOUR} 件，请人工查看`,
      `This sender began ${MOST_CASES_AN_HOUR} cases within an hour; look at it by hand`,
    ),
  ),
  noProcedure: refusal(
    'channel.noProcedure',
    text(
      '没有一套已发布的制度接受这个渠道，请在制度的“渠道”里加上',
      'No published procedure takes matters this way: add it to its channels',
    ),
  ),
  noAddress: refusal(
    'channel.noAddress',
    text(
      '没有设置 HUIYIN_PUBLIC_URL，无法请业主说明住处：请管理员设置后重试',
      'HUIYIN_PUBLIC_URL is not set, so nobody can be asked where he lives',
    ),
  ),
  failed: (cause: string) =>
    refusal(
      'channel.failed',
      text(`处理这条消息时多次出错：${cause}`, `Taking in this message failed several times: ${cause}`),
    ),
};

/** What senders are told, in the words of a clerk. */
export const say = {
  bind: '您好！请先点开下面的网址，告诉我们您住哪里、怎么联系您，只需一次。您刚才说的我们已经收到，填完马上登记。',
  hello:
    '您好！有投诉、报修或建议，直接在这里发文字、图片或语音就行，办理情况也会发到这里。第一次请点开下面的网址，告诉我们您住哪里。',
  welcomeBack: '您好！有投诉、报修或建议，直接在这里发文字、图片或语音就行，办理情况也会发到这里。',
  menuBegin: '我要报事',
  menuMine: '我的事项',
  menuPlace: '我的住处',
  begin: (matter: string) => `请说说要登记的${matter}：在哪里、什么情况。发文字、图片或语音都行。`,
  place: (place: string | null) =>
    place === null ? '请点开下面的网址，告诉我们您住哪里。' : `我们记的是：${place}。不对的话，请点开下面的网址改。`,
  mine: '您在办的事项：',
  noneOpen: '您没有在办的事项。有投诉、报修或建议，直接在这里说就行。',
  strange: '这种消息我们读不了，请发文字、图片或语音。',
  noted: (number: string) => `已记入 ${number}。如果是另一件事，请以“${NEW_MATTER}”开头再发一次。`,
  answered: (number: string, label: string) => `已收到您的答复：${label}（${number}）。`,
  ask: (sign: string, label: string, what: string) => `请写明${what}，例如回复：${sign} ${label}，……`,
  notNow: (reason: string) => `您的话已记下，但现在不能这样答复：${reason}`,
  byHand: '您的消息已收到，没能自动登记，工作人员会看并联系您。',
};
