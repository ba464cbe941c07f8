/** Line icons of our own on a 24 by 24 grid; always beside words, so they are hidden from screen readers. */
export const iconPaths = {
  home: 'M4 11.5 12 4.5l8 7M6 10v9.5h4.5V14h3v5.5H18V10',
  reports: 'M5 19.5h14M7 16v-4M12 16V6M17 16V9',
  devices: 'M8 3.5h8v17H8zM10.5 6.5h3v4h-3zM12 14.5v2',
  settings: 'M4 7.5h9M17 7.5h3M4 16.5h3M11 16.5h9M15 5.5v4M9 14.5v4',
  help: 'M12 3.8a8.2 8.2 0 1 0 0 16.4 8.2 8.2 0 0 0 0-16.4M9.8 9.6c0-1.3 1-2.2 2.3-2.2s2.2.9 2.2 2c0 1.6-2.2 1.9-2.2 3.6M12 16v.4',
  read: 'M12 4v10M8 10.5l4 4 4-4M5 19.5h14',
  file: 'M6.5 3.5h7l4 4v13h-11zM13.5 3.5v4h4M9.5 13h5M9.5 16.5h5',
  close: 'M6 6l12 12M18 6 6 18',
  info: 'M12 3.8a8.2 8.2 0 1 0 0 16.4 8.2 8.2 0 0 0 0-16.4M12 11v5.5M12 7.6V8',
  attention: 'M12 4 3.5 19.5h17zM12 10v4.5M12 16.8v.3',
  safe: 'M12 3.5 5 6v5.5c0 4.3 2.9 7.4 7 9 4.1-1.6 7-4.7 7-9V6zM9 11.8l2.2 2.2 4-4.2',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M7 7l10 10M17 7 7 17',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 7.5V12l3 2',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  forward: 'M9.5 5.5 16 12l-6.5 6.5',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  download: 'M12 4v11M7.5 11 12 15.5 16.5 11M5 20h14',
  search: 'M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15 15l5 5',
} as const
export type IconName = keyof typeof iconPaths

export interface IconProps {
  readonly name: IconName
  /** Pixels; 20 unless told. */
  readonly size?: number
}

export function Icon(props: IconProps) {
  return (
    <svg
      width={props.size ?? 20}
      height={props.size ?? 20}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={iconPaths[props.name]} />
    </svg>
  )
}
