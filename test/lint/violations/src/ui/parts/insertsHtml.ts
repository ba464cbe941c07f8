// Reported: no-restricted-properties
export function show(element: Element, text: string): void {
  element.insertAdjacentHTML('beforeend', text)
}
