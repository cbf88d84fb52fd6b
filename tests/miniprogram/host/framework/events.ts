import type * as glassEasel from 'glass-easel'

/** What WeChat tells about the node that an event came from. */
interface PlainTarget { id: string, dataset: Record<string, unknown>, offsetLeft: number, offsetTop: number }

interface PlainTouch { identifier: number, clientX: number, clientY: number, pageX: number, pageY: number }

/** glass-easel hands over the object whose methods a component's code calls; it knows the node by `_$`. */
type Caller = glassEasel.Element | { _$: glassEasel.Element }

type Wrapped<Detail> = ReturnType<glassEasel.Event<Detail>['wrapShadowedEvent']>

/**
 * An event with its own `detail`, `target` and `touches`, as WeChat makes it: uni-app replaces a `detail` that is
 * inherited. It also overwrites `stopPropagation`, which glass-easel still needs for `catch:`, so that stays as it is.
 */
export function plainEvent<Detail>(
  event: glassEasel.Event<Detail>, target: Caller, mark: Record<string, unknown> | null, currentTarget: Caller,
): Wrapped<Detail> {
  const plain = Object.create(event) as Wrapped<Detail>
  Object.assign(plain, {
    type: event.type,
    timeStamp: event.timeStamp,
    detail: event.detail,
    mark: mark ?? {},
    target: plainTarget(target),
    currentTarget: plainTarget(currentTarget),
    ...touchesOf(event.getOriginalEvent()),
  })
  keep(plain, 'stopPropagation', () => event.stopPropagation())
  keep(plain, 'preventDefault', () => event.preventDefault())
  return plain
}

function keep(event: object, name: string, method: () => void): void {
  Object.defineProperty(event, name, { get: () => method, set: () => undefined })
}

function nodeOf(caller: Caller): glassEasel.Element {
  return '_$' in caller ? caller._$ : caller
}

function plainTarget(caller: Caller): PlainTarget {
  const node = nodeOf(caller)
  const element = node.getBackendElement() as unknown as HTMLElement | null
  return { id: node.id, dataset: { ...node.dataset }, offsetLeft: element?.offsetLeft ?? 0, offsetTop: element?.offsetTop ?? 0 }
}

/** A mouse stands in for one finger. */
function touchesOf(original: unknown): { touches?: PlainTouch[], changedTouches?: PlainTouch[] } {
  if (original instanceof TouchEvent) {
    return { touches: [...original.touches].map(plainTouch), changedTouches: [...original.changedTouches].map(plainTouch) }
  }
  if (!(original instanceof MouseEvent)) return {}
  const { clientX, clientY, pageX, pageY } = original
  return { touches: [], changedTouches: [{ identifier: 0, clientX, clientY, pageX, pageY }] }
}

function plainTouch({ identifier, clientX, clientY, pageX, pageY }: PlainTouch): PlainTouch {
  return { identifier, clientX, clientY, pageX, pageY }
}
