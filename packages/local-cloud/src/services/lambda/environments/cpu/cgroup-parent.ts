import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { PERIOD_MS } from './share-of-memory.ts';

export interface CgroupParent {
  /** A control group of the cpu controller in which this process may make others. */
  readonly folder: string;
  readonly version: 1 | 2;
}

const PERIOD_US = PERIOD_MS * 1000;
/** The kernel takes no smaller quota. */
const MINIMUM_QUOTA_US = 1000;

/**
 * Found by trying: this process's own group, then those above it. (In version 2 a group that has processes can have no
 * groups with quotas, so that it is usually one above.) Undefined where quotas are not permitted.
 */
export function findCgroupParent(proc = '/proc/self'): CgroupParent | undefined {
  const mount = findMount(readFileSync(join(proc, 'mountinfo'), 'latin1'));
  if (mount === undefined) return undefined;
  const own = ownGroup(readFileSync(join(proc, 'cgroup'), 'latin1'), mount.version);
  let folder = join(mount.point, relative(mount.root, own));
  if (relative(mount.point, folder).startsWith('..')) folder = mount.point;
  for (;;) {
    const parent: CgroupParent = { folder, version: mount.version };
    if (isPermitted(parent)) return parent;
    if (folder === mount.point) return undefined;
    folder = dirname(folder);
  }
}

/** A share of one core, in every period; undefined takes the limit away. */
export function writeQuota(folder: string, version: 1 | 2, share: number | undefined): void {
  const quotaUs = share === undefined ? undefined : Math.max(MINIMUM_QUOTA_US, Math.round(share * PERIOD_US));
  if (version === 2) {
    writeFileSync(join(folder, 'cpu.max'), `${quotaUs ?? 'max'} ${PERIOD_US}`);
    return;
  }
  writeFileSync(join(folder, 'cpu.cfs_period_us'), String(PERIOD_US));
  writeFileSync(join(folder, 'cpu.cfs_quota_us'), String(quotaUs ?? -1));
}

interface Mount {
  readonly version: 1 | 2;
  readonly root: string;
  readonly point: string;
}

/** proc(5): `ID PARENT DEVICE ROOT POINT OPTIONS ... - TYPE SOURCE SUPER-OPTIONS`. Version 1 where it has the cpu controller. */
function findMount(mountInfo: string): Mount | undefined {
  const mounts = mountInfo.split('\n').flatMap((line): Mount[] => {
    const [, , , root, point] = line.split(' ');
    const [type, , superOptions = ''] = (line.split(' - ')[1] ?? '').split(' ');
    if (root === undefined || point === undefined) return [];
    if (type === 'cgroup2') return [{ version: 2, root, point }];
    return type === 'cgroup' && superOptions.split(',').includes('cpu') ? [{ version: 1, root, point }] : [];
  });
  return mounts.find(({ version }) => version === 1) ?? mounts[0];
}

/** cgroups(7): `ID:CONTROLLERS:PATH`; version 2 has no controllers in its line. */
function ownGroup(cgroups: string, version: 1 | 2): string {
  for (const line of cgroups.split('\n')) {
    const [, controllers = '', ...path] = line.split(':');
    const isWanted = version === 2 ? controllers === '' : controllers.split(',').includes('cpu');
    if (isWanted && path.length > 0) return path.join(':');
  }
  return '/';
}

function isPermitted({ folder, version }: CgroupParent): boolean {
  const probe = join(folder, `skyground-probe-${process.pid}`);
  try {
    mkdirSync(probe);
    try {
      if (version === 2 && !existsSync(join(probe, 'cpu.max'))) {
        writeFileSync(join(folder, 'cgroup.subtree_control'), '+cpu');
      }
      writeQuota(probe, version, 1);
      // Version 2 asks for this right over the group that both places of a moved process are in.
      accessSync(join(folder, 'cgroup.procs'), constants.W_OK);
      return true;
    } finally {
      rmdirSync(probe);
    }
  } catch {
    // Whatever the kernel's reason: another means is taken.
    return false;
  }
}
