// Plans, applies and plans again in a separate sandbox: deploy.cjs <file of Terraform JSON>
const { spawn } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { join } = require('node:path');
const { findTerraform, Sandbox } = require('okta-dev-portal-oidc-sandbox');

const [, , file] = process.argv;
const binary = findTerraform();

main();

async function main() {
  const sandbox = await Sandbox.start();
  const backend = await serveState();
  const { folder } = sandbox.workspace('stack');
  const configuration = JSON.parse(readFileSync(file, 'utf8'));
  configuration.terraform.backend = { http: { address: backend.url } };
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(configuration));
  const terraform = new Terraform(folder, sandbox);
  await terraform.run('init', 'init');
  await terraform.run('plan', 'plan');
  await terraform.run('apply', 'apply', '-auto-approve');
  // Exit code 2, an error here, says that there is something to change.
  await terraform.run('again', 'plan', '-detailed-exitcode');
  const { resources } = JSON.parse(backend.state());
  globalThis.benchFigures.resources = resources
    .filter(({ mode }) => mode === 'managed')
    .reduce((sum, { instances }) => sum + instances.length, 0);
  globalThis.benchFigures.terraformMegabytes = terraform.megabytes;
  backend.stop();
  await sandbox.stop();
}

/**
 * Terraform's state over HTTP, in memory. In a file Terraform writes all of it after each resource, which takes
 * longer than everything else together when there are many.
 */
async function serveState() {
  let state = '';
  const server = createServer((request, response) => {
    const chunks = [];
    request
      .on('data', (chunk) => chunks.push(chunk))
      .on('end', () => {
        if (request.method === 'POST') {
          state = Buffer.concat(chunks).toString();
        }
        response.writeHead(request.method === 'GET' && state === '' ? 404 : 200);
        response.end(request.method === 'GET' ? state : '');
      });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    state: () => state,
    stop: () => server.close(),
  };
}

class Terraform {
  /** The most that one of the commands held. */
  megabytes = 0;

  constructor(folder, sandbox) {
    this.folder = folder;
    this.sandbox = sandbox;
  }

  /** Runs a command; its figures get a name. */
  async run(name, ...args) {
    const { requests } = this.sandbox;
    requests.clear();
    const start = { cpu: processorSeconds(), clock: performance.now() };
    await this.spawn([...args, '-input=false', '-no-color']);
    Object.assign(globalThis.benchFigures, {
      [`${name}Cpu`]: processorSeconds() - start.cpu,
      [`${name}Clock`]: (performance.now() - start.clock) / 1000,
    });
    for (const service of ['okta', 'konnect']) {
      const sent = requests.all().filter((request) => request.service === service);
      globalThis.benchFigures[`${name}-${service}`] = sent.length;
    }
  }

  spawn(args) {
    const env = { ...process.env, ...this.sandbox.environment(), CHECKPOINT_DISABLE: '1' };
    const child = spawn(binary, args, { cwd: this.folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', () => {});
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    const watching = setInterval(() => this.watch(child.pid), 20);
    return new Promise((resolve, reject) => {
      child.on('error', reject).on('close', (code) => {
        clearInterval(watching);
        if (code === 0) {
          resolve();
        } else {
          reject(new Error(`terraform ${args.join(' ')}: exit code ${code} ${output}`));
        }
      });
    });
  }

  watch(pid) {
    const [, kilobytes = 0] = /VmHWM:\s+(\d+)/.exec(procFile(`${pid}/status`)) ?? [];
    this.megabytes = Math.max(this.megabytes, kilobytes / 1024);
  }
}

/** What this process and the commands that it ran took of the processor. */
function processorSeconds() {
  const { user, system } = process.cpuUsage();
  // Fields 16 and 17: children that ended, in hundredths of a second.
  const fields = procFile('self/stat').split(') ')[1]?.split(' ') ?? [];
  return (user + system) / 1e6 + (Number(fields[13]) + Number(fields[14])) / 100;
}

/** A file of Linux about a process, empty when the process is gone. */
function procFile(path) {
  try {
    return readFileSync(join('/proc', path), 'utf8');
  } catch {
    return '';
  }
}
