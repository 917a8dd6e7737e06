import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authority, hasOpenssl } from './certificates.ts';
import { programAt, startServer } from './servers.ts';
import { answers } from './slapd.ts';

/** Debian's samba-ad-dc, samba-ad-provision and ldb-tools, which `.ci/run` installs. */
const samba = programAt('samba', '/usr/sbin');
const sambaTool = programAt('samba-tool', '/usr/bin');
const ldbmodify = programAt('ldbmodify', '/usr/bin');
const programs = [samba, sambaTool, ldbmodify, programAt('provision.ldif', '/usr/share/samba/setup')];
/** Its ports cannot be chosen, and are those of the administrator. */
export const hasSamba =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  hasOpenssl &&
  programs.every((program) => program !== undefined);

export interface Samba {
  url: string;
  tlsUrl: string;
  /** The certificate of the authority that signed the server's. */
  ca: string;
  /** Makes changes, as its administrator does. */
  change(ldif: string): void;
  /** Writes what the directory alone may write: times, and who may see the deleted ones. */
  force(ldif: string): void;
  stop(): Promise<void>;
}

/** A domain controller of Active Directory as Samba plays it, on a loopback address of its own, with everything in one temporary folder. */
export async function startSamba(options: { realm: string; adminPassword: string }): Promise<Samba> {
  const folder = mkdtempSync(join(tmpdir(), 'samba-'));
  const file = (...names: string[]): string => join(folder, ...names);
  mkdirSync(file('sockets'));
  const address = `127.${process.pid & 0x7f}.${(process.pid >> 7) & 0xff}.77`;
  const provision = {
    targetdir: folder,
    realm: options.realm,
    domain: options.realm.split('.')[0],
    adminpass: options.adminPassword,
    'server-role': 'dc',
    'dns-backend': 'NONE',
    'host-name': 'dc1',
    'host-ip': '127.0.0.1',
    // File systems of containers keep no attributes of the system's.
    option: `posix:eadb=${file('attributes.tdb')}`,
  };
  const settings = Object.entries(provision).map(([name, value]) => `--${name}=${value}`);
  execFileSync(sambaTool ?? '', ['domain', 'provision', ...settings], { stdio: 'pipe' });
  const certifier = authority();
  const { certificate, key } = certifier.issue('dc1', { names: [`IP:${address}`] });
  const running = {
    'server services': 'ldap',
    'bind interfaces only': 'yes',
    interfaces: `${address}/8`,
    'pid directory': folder,
    'ncalrpc dir': file('sockets'),
    'log file': file('log'),
    'tls keyfile': key,
    'tls certfile': certificate,
    'tls cafile': certifier.ca,
  };
  const flags = Object.entries(running).map(([name, value]) => `--option=${name}=${value}`);
  const configuration = file('etc', 'smb.conf');
  const server = await startServer(samba ?? '', ['-i', '-M', 'single', '-s', configuration, ...flags], {
    ready: () => answers(636, address),
  });
  return {
    url: `ldap://${address}`,
    tlsUrl: `ldaps://${address}`,
    ca: certifier.ca,
    change: (ldif) => modify(folder, ldif, ['relax:0']),
    force: (ldif) => modify(folder, ldif, ['relax:0', 'bypassoperational:0', 'show_deleted:1', BYPASS_PASSWORD_RULES]),
    stop: async () => {
      await server.stop();
      certifier.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const BYPASS_PASSWORD_RULES = 'local_oid:1.3.6.1.4.1.7165.4.3.12:0';

function modify(folder: string, ldif: string, controls: readonly string[]): void {
  const database = ['-H', join(folder, 'private', 'sam.ldb'), `--configfile=${join(folder, 'etc', 'smb.conf')}`];
  const args = [...database, ...controls.map((name) => `--controls=${name}`)];
  execFileSync(ldbmodify ?? '', args, { input: ldif, stdio: 'pipe' });
}
