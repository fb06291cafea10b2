import { connect } from 'node:net';
import { SECOND } from '#kernel/instant.ts';
import { type Text, text } from '#kernel/text.ts';
import { type AmiAccess, packetOf } from './ami.ts';
import { packetsIn } from './ami-events.ts';

const PATIENCE = 4 * SECOND;

/** Signs in at the manager interface and out again, and says in words what came of it. */
export function tryAsterisk({ host, port, user, secret }: AmiAccess): Promise<{ ok: boolean; said: Text }> {
  const where = `${host}:${port}`;
  return new Promise((resolve) => {
    const line = connect({ host, port });
    let arrived = '';
    const end = (ok: boolean, said: Text): void => {
      clearTimeout(late);
      line.destroy();
      resolve({ ok, said });
    };
    const late = setTimeout(
      () =>
        end(
          false,
          text(`${where} 没有回应：请核对端口是不是 AMI 的`, `${where} does not answer: is this the port of AMI?`),
        ),
      PATIENCE,
    );
    line.setEncoding('utf8');
    line.on('connect', () => line.write(packetOf({ Action: 'Login', Username: user, Secret: secret })));
    line.on('data', (words: Buffer | string) => {
      const { packets, rest } = packetsIn(arrived + String(words));
      arrived = rest;
      for (const { Response, Message = '' } of packets) {
        if (Response === 'Success') return end(true, text(`已登录 ${where}`, `Signed in at ${where}`));
        if (Response === 'Error')
          return end(
            false,
            text(
              `${where} 拒绝登录（${Message}）：请核对 manager.conf 的用户名和密码`,
              `${where} refused (${Message}): check name and secret in manager.conf`,
            ),
          );
      }
    });
    line.on('error', (cause) =>
      end(
        false,
        text(
          `连不上 ${where}（${cause.message}）：请核对地址、manager.conf 的 enabled 和防火墙`,
          `${where} is not reached (${cause.message}): check the address, “enabled” in manager.conf and the firewall`,
        ),
      ),
    );
    // Whoever is not permitted is hung up on without a word.
    line.on('close', () =>
      end(
        false,
        text(
          `${where} 一接通就断开：请核对 manager.conf 的 permit 是否允许本机`,
          `${where} hangs up at once: does “permit” in manager.conf allow this machine?`,
        ),
      ),
    );
  });
}
