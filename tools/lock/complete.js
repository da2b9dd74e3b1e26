// Completes package-lock.json: `npm install` leaves out optional packages of other platforms that its registry does not hold,
// and `npm ci` then refuses the lock. Their versions are exact in the packages that want them, so they can be filled in.
// Run it after `npm install` has changed the lock: `node tools/lock/complete.js`.
const fs = require('node:fs');

const file = 'package-lock.json';
const lock = JSON.parse(fs.readFileSync(file, 'utf8'));
const platform =
  /-(?<os>aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-(?<cpu>arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|x64)(?:-(?<abi>\w+))?$/;
const added = [];

for (const owner of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    const match = platform.exec(name);
    if (lock.packages[key] || !match) continue;
    const { os, cpu, abi = '' } = match.groups;
    const libc = abi.startsWith('musl') ? 'musl' : abi === 'gnu' ? 'glibc' : undefined;
    lock.packages[key] = {
      version: version.replace(/^[\^~]/, ''),
      cpu: [cpu],
      ...(owner.dev && { dev: true }),
      ...(libc && { libc: [libc] }),
      optional: true,
      os: [os],
    };
    added.push(name);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
fs.writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`);
console.log(`${added.length} optional packages of other platforms added`);
