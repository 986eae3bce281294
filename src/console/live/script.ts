/**
 * The script that keeps a page fresh while it is looked at: it asks whether anything has changed, which shows nothing and is
 * no look, and only then reads the page anew. What somebody is writing is never taken from them: they are told instead. It
 * asks while the tab is visible, less and less often, and stops where the page no longer waits.
 */
export const liveScript = `
const every = [2000, 2000, 3000, 5000, 8000, 15000]

function begin(main) {
  let tries = 0
  let timer
  const isWritten = () => [...main.querySelectorAll('input:not([type=hidden]), select, textarea')].some((field) =>
    field === document.activeElement || (field.type === 'checkbox' || field.type === 'radio' ? field.checked !== field.defaultChecked : field.type === 'file' ? field.files.length > 0 : 'defaultValue' in field ? field.value !== field.defaultValue : false))
  const later = () => {
    clearTimeout(timer)
    if (document.visibilityState !== 'visible') return
    const live = main.querySelector('[data-live]')
    if (live) timer = setTimeout(() => look(live), every[Math.min(tries, every.length - 1)])
    tries += 1
  }
  const look = async (live) => {
    try {
      const answer = await fetch(live.dataset.live, { credentials: 'same-origin', cache: 'no-store', redirect: 'error' })
      if (!answer.ok) return
      const version = (await answer.text()).trim()
      if (version !== live.dataset.version) {
        tries = 0
        await renew(live)
      }
    } catch {
      // Away for a moment; the next look may find it again.
    }
    later()
  }
  const renew = async (live) => {
    if (isWritten()) {
      live.hidden = false
      return
    }
    const answer = await fetch(location.href, { credentials: 'same-origin', cache: 'no-store', redirect: 'error' })
    if (!answer.ok) return
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main')
    if (fresh) main.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)))
  }
  document.addEventListener('visibilitychange', later)
  later()
}

const main = document.querySelector('main')
if (main) begin(main)
`
