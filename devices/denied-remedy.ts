/** What a person can do about a device that this user may not open. */
import type { Remedy } from './station-events.ts'

/** The rule that lets whoever sits at the desk open this maker's devices. */
export const udevRuleFor = (vendorId: number): string =>
  `KERNEL=="hidraw*", SUBSYSTEM=="hidraw", ` +
  `ATTRS{idVendor}=="${vendorId.toString(16).padStart(4, '0')}", TAG+="uaccess"`

/** What helps when opening is denied. */
export const deniedRemedy = (vendorId: number, platform: string): Remedy =>
  platform === 'linux'
    ? {
        kind: 'udev-rule',
        // Below 73: systemd's 73-seat-late.rules is what acts on the tag.
        file: '/etc/udev/rules.d/70-citydesk-hid.rules',
        rule: udevRuleFor(vendorId),
      }
    : { kind: 'close-other-program' }
