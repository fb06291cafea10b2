/** Invented residents: a family name and a given name picked by position, so that every start gives the same people. */
const FAMILY = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
  '欧阳',
  '上官',
  '司徒',
];
const GIVEN =
  '建国 秀英 伟 芳 志强 丽华 军 敏 文斌 雪梅 永康 玉珍 浩然 雨桐 子轩 欣怡 宏图 桂兰 俊杰 思涵 国平 淑芬 海涛 晓彤 天佑 婉清 立新 春燕 博文 佳琪 卫东 红霞 启明 若兰 家豪 静怡 德胜 美玲 泽宇 诗涵 振华 凤仙 少华 梓萱 光明 爱华 逸飞 梦洁 大伟 素贞'.split(
    ' ',
  );

/** The name of resident number `n` (0, 1, 2 …). */
export function residentName(n: number): string {
  const family = FAMILY[(n * 37 + 11) % FAMILY.length] ?? '王';
  const given = GIVEN[(n * 17 + Math.floor(n / FAMILY.length) * 7) % GIVEN.length] ?? '伟';
  return family + given;
}

/** A number of the range kept free for examples: 199-0000-xxxx. */
export const demoPhone = (n: number): string => `1990000${String(n).padStart(4, '0')}`;
