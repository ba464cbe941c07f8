/**
 * The headers that every answer carries. Source: security sheet §2, where they were tried with the real build.
 * The policy lets the page talk to its own origin and to nothing else: injected code could not send data away.
 */

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ')

const permissionsPolicy = [
  'usb=(self)',
  'hid=(self)',
  'serial=(self)',
  'bluetooth=(self)',
  'camera=()',
  'microphone=()',
  'geolocation=()',
].join(', ')

export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': permissionsPolicy,
}

/** Sent only behind https: on plain http browsers ignore it, and on localhost it would lock the person out. */
export const strictTransportSecurity = 'max-age=31536000; includeSubDomains'
