import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, programAt, startServer } from './servers.ts';

/** Debian's slapd and ldap-utils, which `.ci/run` installs. */
const slapd = programAt('slapd', '/usr/sbin');
const slapadd = programAt('slapadd', '/usr/sbin');
const openssl = programAt('openssl', '/usr/bin');
export const hasOpenLdap = slapd !== undefined && slapadd !== undefined && openssl !== undefined;

export interface OpenLdap {
  url: string;
  tlsUrl: string;
  /** The certificate of the server, which signed itself. */
  ca: string;
  stop(): Promise<void>;
}

/** An OpenLDAP server as an ordinary process, on free ports, with everything in one temporary folder. */
export async function startOpenLdap(options: {
  suffix: string;
  rootPassword: string;
  ldif: string;
  /** Rules of `access to` that come before the one for everything. */
  access?: readonly string[];
}): Promise<OpenLdap> {
  const folder = mkdtempSync(join(tmpdir(), 'slapd-'));
  mkdirSync(join(folder, 'db'));
  const file = (name: string): string => join(folder, name);
  execFileSync(
    openssl ?? '',
    [
      ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1'.split(' '),
      '-addext',
      'subjectAltName=IP:127.0.0.1',
      '-keyout',
      file('key.pem'),
      '-out',
      file('cert.pem'),
    ],
    { stdio: 'ignore' },
  );
  writeFileSync(file('slapd.conf'), configuration(folder, options));
  writeFileSync(file('data.ldif'), options.ldif);
  execFileSync(slapadd ?? '', ['-q', '-f', file('slapd.conf'), '-l', file('data.ldif')], { stdio: 'pipe' });
  const [port, tlsPort] = [await freePort(), await freePort()];
  const [url, tlsUrl] = [`ldap://127.0.0.1:${port}`, `ldaps://127.0.0.1:${tlsPort}`];
  const server = await startServer(slapd ?? '', ['-d', '0', '-f', file('slapd.conf'), '-h', `${url} ${tlsUrl}`], {
    ready: () => answers(port),
  });
  return {
    url,
    tlsUrl,
    ca: file('cert.pem'),
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(
  folder: string,
  { suffix, rootPassword, access = [] }: { suffix: string; rootPassword: string; access?: readonly string[] },
): string {
  const schemas = ['core', 'cosine', 'inetorgperson', 'nis'].map((name) => `include /etc/ldap/schema/${name}.schema`);
  return `${schemas.join('\n')}
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
moduleload ppolicy
pidfile ${folder}/pid
TLSCertificateFile ${folder}/cert.pem
TLSCertificateKeyFile ${folder}/key.pem
sizelimit size.soft=100 size.hard=100 size.pr=100 size.prtotal=unlimited
referral ldap://elsewhere.example
database mdb
suffix "${suffix}"
rootdn "cn=admin,${suffix}"
rootpw ${rootPassword}
directory ${folder}/db
access to attrs=userPassword by anonymous auth by * none
${access.map((rule) => `access to ${rule}\n`).join('')}access to * by users read by * none
overlay memberof
overlay ppolicy
`;
}

/** Does anything take connections there? */
export function answers(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
