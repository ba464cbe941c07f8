// Reported: no-destructure
export function Part({ name }: { readonly name: string }) {
  return <p>{name}</p>
}
