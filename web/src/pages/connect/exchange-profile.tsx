import type { ExchangeView } from '../../api/exchanges.ts';
import { useSpeech } from '../../words/lang.tsx';
import { x } from './exchange-words.ts';

/** How an exchange is connected: what it sends and where, or what is set in an Asterisk; with its own numbers filled in. */
export function ExchangeProfile({ exchange }: { exchange: ExchangeView }) {
  const { say } = useSpeech();
  const address = new URL(exchange.url, location.origin).href;
  return (
    <details>
      <summary>{say(x.how)}</summary>
      <div className="stack connect-profile">
        <h4>{say(x.webhook)}</h4>
        <p>{say(x.webhookWhy)}</p>
        <pre>POST {address}</pre>
        <p className="small muted">{say(x.tryIt)}</p>
        <pre>{trial(address, exchange.numbers[0]?.number ?? '4008888666')}</pre>
        <h4>{say(x.ami)}</h4>
        <p>{say(x.amiWhy)}</p>
        <pre>{`HUIYIN_ASTERISK_URL=ami://huiyin:change-me@127.0.0.1:5038/${encodeURIComponent(exchange.name)}`}</pre>
        <pre>{MANAGER}</pre>
        <pre>{dialplan(exchange)}</pre>
      </div>
    </details>
  );
}

// As docs/telephone.md has them, which a real Asterisk is tried with.
const trial = (url: string, to: string): string => `SECRET=whsec_…
tell() {
  id=$(cat /proc/sys/kernel/random/uuid); at=$(date +%s)
  key=$(printf %s "\${SECRET#whsec_}" | base64 -d | od -An -tx1 | tr -d ' \\n')
  sum=$(printf %s "$id.$at.$1" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$key -binary | base64)
  curl -s -X POST '${url}' -H "webhook-id: $id" -H "webhook-timestamp: $at" \\
    -H "webhook-signature: v1,$sum" --data-binary "$1"; }
tell "{\\"event\\":\\"ringing\\",\\"call\\":\\"$$\\",\\"at\\":$(date +%s),\\"from\\":\\"13800000101\\",\\"to\\":\\"${to}\\"}"
tell "{\\"event\\":\\"ended\\",\\"call\\":\\"$$\\",\\"at\\":$(date +%s)}"`;

const MANAGER = `; manager.conf
[general]
enabled = yes
bindaddr = 127.0.0.1
port = 5038
timestampevents = yes
[huiyin]
secret = change-me
deny = 0.0.0.0/0.0.0.0
permit = 127.0.0.1/255.255.255.255
read = call,dialplan
write = system`;

const dialplan = ({ numbers, extensions }: ExchangeView): string => {
  const ring = extensions.length > 0 ? extensions.map(({ extension }) => `PJSIP/${extension}`).join('&') : 'PJSIP/801';
  const lines = (numbers.length > 0 ? numbers : [{ number: '4008888666' }]).map(
    ({ number }) => `exten => ${number},1,NoOp(service centre)
 same => n,Set(HUIYIN_RECORDING=https://pbx.example.com/rec/\${UNIQUEID}.wav)
 same => n,Dial(${ring},30)
 same => n,Hangup()`,
  );
  return `; extensions.conf\n[incoming]\n${lines.join('\n')}`;
};
