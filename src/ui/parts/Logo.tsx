/** Three hexagonal basalt columns of unequal height: rock that reads as a bar chart. */

export interface LogoProps {
  /** Pixels. */
  readonly size?: number
}

/** Same shapes as `public/icons/basalt.svg`. */
export function Logo(props: LogoProps) {
  return (
    <svg width={props.size ?? 32} height={props.size ?? 32} viewBox="0 0 64 64" aria-hidden="true" class="logo">
      <Column x={6} top={34} />
      <Column x={24} top={8} />
      <Column x={42} top={21} />
    </svg>
  )
}

/** A column of width 16 seen from a little above: a hexagon on top, two visible sides and a front. */
function Column(props: { readonly x: number; readonly top: number }) {
  const at = (dx: number, y: number) => `${props.x + dx} ${y}`
  const top = () => props.top
  return (
    <g>
      <path class="logo-side" d={`M${at(0, top() + 5)}L${at(4, top() + 10)}V60L${at(0, 55)}Z`} />
      <path class="logo-front" d={`M${at(4, top() + 10)}H${props.x + 12}V60H${props.x + 4}Z`} />
      <path class="logo-shade" d={`M${at(12, top() + 10)}L${at(16, top() + 5)}V55L${at(12, 60)}Z`} />
      <path
        class="logo-top"
        d={`M${at(0, top() + 5)}L${at(4, top())}H${props.x + 12}L${at(16, top() + 5)}L${at(12, top() + 10)}H${props.x + 4}Z`}
      />
    </g>
  )
}
