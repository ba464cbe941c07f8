// Reported: no-restricted-properties
export function show(element: Element, text: string): void {
  element.outerHTML = text
}
