/** The methods that some route takes at this path: what `Allow` says when the method is the only thing wrong. */
export function methodsAt(
  routes: readonly { readonly method: string; readonly path: string }[],
  path: string,
): readonly string[] {
  const taken = routes.filter((route) => route.method !== 'ALL' && patternOf(route.path).test(path))
  return [...new Set(taken.map((route) => route.method))].sort()
}

function patternOf(path: string): RegExp {
  const steps = path.split('/').map((step) => {
    if (/^:.*\{\.\+\}$/.test(step)) return '.+'
    return step.startsWith(':') ? '[^/]+' : step.replace(/[.*+?^$()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${steps.join('/')}$`)
}
