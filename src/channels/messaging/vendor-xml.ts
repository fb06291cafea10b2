const ELEMENT = /<([A-Za-z]\w*)>\s*(?:<!\[CDATA\[([\s\S]*?)\]\]>|([^<]*))\s*<\/\1>/g;
const SIGNS: { [name: string]: string } = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/**
 * The elements of a message as WeChat and WeCom write it: one level of names with words or CDATA. Of a name that stands
 * twice the first counts, so that what somebody typed cannot speak for the service.
 */
export function readVendorXml(source: string): { [name: string]: string } {
  const found: { [name: string]: string } = {};
  for (const [, name = '', raw, plain] of source.matchAll(ELEMENT))
    if (!Object.hasOwn(found, name))
      found[name] = raw ?? (plain ?? '').replace(/&(lt|gt|quot|apos|amp);/g, (_, sign: string) => SIGNS[sign] ?? '');
  return found;
}
