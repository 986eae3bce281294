import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Server, Socket } from 'node:net'

type Guest = { socket: Socket; request?: IncomingMessage }

/**
 * Keeps at most so many connections. When the house is full, the newcomer is let in and the one goes that has been
 * longest without bringing a whole request: so whoever opens many and drips bytes into them (slow-loris) only crowds
 * out itself, and a caller who says what it wants is answered. When all are being answered, the newcomer goes.
 */
export function keepRoom(server: Server, most: number, onFull: () => void = () => {}): void {
  // In the order in which they began to wait: a Map remembers it.
  const guests = new Map<string, Guest>()
  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket)
    if (guests.size >= most) {
      onFull()
      const leaving = slowest(guests)
      if (leaving === undefined) return void socket.destroy()
      guests.get(leaving)?.socket.destroy()
      guests.delete(leaving)
    }
    const guest: Guest = { socket }
    guests.set(name, guest)
    socket.once('close', () => guests.get(name) === guest && guests.delete(name))
  })
  // Over TLS the calls come by another socket than the connection; the two have the same ends.
  server.on('secureConnection', (socket: Socket) => {
    const guest = guests.get(nameOf(socket))
    if (guest) guest.socket = socket
  })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const name = nameOf(request.socket)
    const guest = guests.get(name)
    if (!guest) return
    guest.request = request
    response.once('close', () => {
      if (guests.get(name) !== guest) return
      delete guest.request
      guests.delete(name)
      guests.set(name, guest)
    })
  })
}

function slowest(guests: ReadonlyMap<string, Guest>): string | undefined {
  for (const [name, { request }] of guests) if (!request?.complete) return name
  return undefined
}

function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
