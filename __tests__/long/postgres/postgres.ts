import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findTerraform } from 'okta-dev-portal-oidc-sandbox';
import { describeUnlessInCi } from '../../support/describe-unless';

const DEBIAN = '/usr/lib/postgresql';
const START_MS = 30_000;

/** A PostgreSQL server on a socket in a temporary folder. It ends with the process that started it. */
export class Postgres {
  /** Starts a server with an empty database. */
  public static async start(): Promise<Postgres> {
    const binaries = findPostgres();
    if (!binaries) {
      throw new Error('PostgreSQL is not installed: neither initdb nor postgres was found');
    }
    const folder = mkdtempSync(join(tmpdir(), 'pg-'));
    const data = join(folder, 'data');
    const user = unprivileged();
    if (user) {
      chownSync(folder, user.uid, user.gid);
    }
    const options = { cwd: folder, ...user };
    try {
      const arguments_ = [
        '-D',
        data,
        '-A',
        'trust',
        '-U',
        'terraform',
        '--no-sync',
        '--no-locale',
        '-E',
        'UTF8',
      ];
      execFileSync(join(binaries, 'initdb'), arguments_, { ...options, stdio: 'pipe' });
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
    // The shell ends the server and removes the folder when its input ends: by `stop`, or because we were killed.
    const server = spawn('sh', ['-c', SERVER, join(binaries, 'postgres'), folder], {
      ...options,
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    server.unref();
    const postgres = new Postgres(folder, server);
    await postgres.ready();
    return postgres;
  }

  private constructor(
    private readonly folder: string,
    private readonly server: ChildProcess,
  ) {}

  /** How Terraform finds it, without a password. */
  public get connectionString(): string {
    return `postgres://terraform@/postgres?host=${encodeURIComponent(this.folder)}&sslmode=disable`;
  }

  /** Ends the server and removes its folder. */
  public async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.once('close', resolve));
    this.server.stdin?.end();
    await closed;
  }

  private async ready(): Promise<void> {
    const status = join(this.folder, 'data', 'postmaster.pid');
    const until = Date.now() + START_MS;
    // The last line of the file says so; pg_ctl reads it too.
    while (!existsSync(status) || !/^ready *$/m.test(readFileSync(status, 'utf8'))) {
      if (Date.now() > until) {
        const log = readFileSync(join(this.folder, 'log'), 'utf8');
        await this.stop();
        throw new Error(`PostgreSQL did not start:\n${log}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

const SERVER = [
  '"$0" -D "$1/data" -k "$1" -h "" -F >"$1/log" 2>&1 &',
  'cat >/dev/null',
  'kill -INT $!',
  'wait',
  'rm -rf "$1"',
].join('\n');

/** The folder of `initdb` and `postgres`, which Debian keeps off the PATH. */
function findPostgres(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
  ];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))));
}

/** The user of the server when root runs the tests: PostgreSQL refuses root. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' })),
  );
  return { uid, gid };
}

/** Installs Debian's package if this is Debian and the user is root. */
function installPostgres(): void {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) {
    return;
  }
  process.stderr.write('PostgreSQL is not here: installing postgresql with apt-get\n');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const command of [['update'], ['install', '-y', '--no-install-recommends', 'postgresql']]) {
    spawnSync('apt-get', command, { env, stdio: 'ignore' });
  }
}

/** Runs a suite that needs PostgreSQL. Without PostgreSQL it fails in CI, and is skipped elsewhere with the reason. */
export function describeWithPostgres(name: string, suite: () => void): void {
  // Without Terraform nobody would use it.
  if (!findPostgres() && findTerraform()) {
    installPostgres();
  }
  const missing = findPostgres() ? undefined : 'PostgreSQL (initdb, postgres) is not installed';
  describeUnlessInCi(missing, name, suite);
}
