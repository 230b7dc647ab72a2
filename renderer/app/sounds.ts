/** Four short tones, told apart by pitch and count; nothing is loaded, nothing is asked of the network. */
import type { Tone } from './desk-api.ts'

interface Note {
  readonly hertz: number
  readonly atMs: number
  readonly lengthMs: number
  readonly shape: OscillatorType
}

const notesByTone: Record<Tone, readonly Note[]> = {
  done: [
    { hertz: 880, atMs: 0, lengthMs: 60, shape: 'sine' },
    { hertz: 1320, atMs: 60, lengthMs: 90, shape: 'sine' },
  ],
  'needs-you': [
    { hertz: 660, atMs: 0, lengthMs: 110, shape: 'triangle' },
    { hertz: 660, atMs: 160, lengthMs: 110, shape: 'triangle' },
  ],
  stop: [{ hertz: 196, atMs: 0, lengthMs: 380, shape: 'square' }],
  noted: [{ hertz: 520, atMs: 0, lengthMs: 60, shape: 'sine' }],
}
const LOUDNESS = 0.12

export function createSounds(isOn: () => boolean): (tone: Tone) => void {
  let context: AudioContext | null = null
  return (tone) => {
    if (!isOn() || typeof AudioContext === 'undefined') return
    context ??= new AudioContext()
    // Until somebody touched the page Chromium keeps it silent; the verdict is on the screen anyway.
    if (context.state === 'suspended') void context.resume()
    for (const note of notesByTone[tone]) sound(context, note)
  }
}

function sound(context: AudioContext, { hertz, atMs, lengthMs, shape }: Note): void {
  const from = context.currentTime + atMs / 1000
  const until = from + lengthMs / 1000
  const oscillator = new OscillatorNode(context, { frequency: hertz, type: shape })
  const gain = new GainNode(context, { gain: 0 })
  // A ramp of 5 ms at both ends: an abrupt start clicks.
  gain.gain.setValueAtTime(0, from)
  gain.gain.linearRampToValueAtTime(LOUDNESS, from + 0.005)
  gain.gain.setValueAtTime(LOUDNESS, until - 0.005)
  gain.gain.linearRampToValueAtTime(0, until)
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(from)
  oscillator.stop(until)
}
