import type { Platform } from '../platform/platform';
import type { PreviewFacts } from '../platform/preview';
import { quantityValue } from '../platform/quantity';
import type { SizeName } from '../platform/size';
import type { ExtraContainer } from './extra-containers';
import { type ResourceProps, sizeOf } from './resources';
import type { ScaleRange } from './scale';
import type { WorkloadProps } from './workload-props';

/** The biggest named size in a preview. */
const largest: SizeName = 'small';

/** The pods of a workload as a preview has them: no container with a named size is bigger than `small`. */
export function previewPods<P extends WorkloadProps>(platform: Platform, props: P): P {
  const container = (c: ExtraContainer): ExtraContainer =>
    c.size === undefined ? c : { ...c, size: cappedSize(platform, c.size) };
  const group = (containers: Readonly<Record<string, ExtraContainer>> | undefined) =>
    containers && Object.fromEntries(Object.entries(containers).map(([name, c]) => [name, container(c)]));
  return {
    ...props,
    size: cappedSize(platform, props.size),
    initContainers: group(props.initContainers),
    sidecars: group(props.sidecars),
    extraContainers: group(props.extraContainers),
  };
}

/** The scale as a preview has it: one pod unless it asks for more, and none where the app has none. */
export function previewScale(scale: number | ScaleRange, preview: PreviewFacts | undefined): number | ScaleRange {
  return preview === undefined ? scale : (preview.scale ?? (scale === 0 ? 0 : 1));
}

/** Numbers that the author wrote are kept: a program that needs them would not start with less. */
function cappedSize(platform: Platform, size: ResourceProps['size']): ResourceProps['size'] {
  if (typeof size === 'object') return size;
  const asked = sizeOf(platform, size);
  const most = platform.sizes[largest];
  const isBigger = (['cpu', 'memory'] as const).some(
    (resource) => (quantityValue(asked[resource]) ?? 0) > (quantityValue(most[resource]) ?? 0),
  );
  return isBigger ? largest : size;
}
