// Reported: no-innerhtml
export function Part(props: { readonly text: string }) {
  return <p innerHTML={props.text} />
}
