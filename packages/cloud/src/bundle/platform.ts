/** A Lambda instruction set, by Node's names. */
export type Architecture = 'x64' | 'arm64';

/** Platform as sharp names its prebuilt packages: `linux-x64`, `linuxmusl-arm64`, `darwin-arm64`. */
export type PlatformName = string;

/** What a Lambda of this instruction set runs on (Amazon Linux 2023: glibc). */
export function lambdaPlatform(architecture: Architecture): PlatformName {
  return `linux-${architecture}`;
}

/** This machine, for the embedded cloud, whose functions are processes here. */
export function hostPlatform(): PlatformName {
  const musl = process.platform === 'linux' && !runsOnGlibc() ? 'musl' : '';
  return `${process.platform}${musl}-${process.arch}`;
}

function runsOnGlibc(): boolean {
  const report: object = process.report.getReport();
  return (
    'header' in report &&
    typeof report.header === 'object' &&
    report.header !== null &&
    'glibcVersionRuntime' in report.header
  );
}

/** The function's architecture for a host; what is neither is run as x64 would be, and refused by the bundler's look-up. */
export function hostArchitecture(): Architecture {
  return process.arch === 'arm64' ? 'arm64' : 'x64';
}
