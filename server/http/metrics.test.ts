import { expect, test } from 'vitest'

import { openMetrics, serveMetrics } from './metrics.ts'

test('what happened can be read as text, and nothing else is served', async () => {
  const metrics = openMetrics()
  metrics.count('citydesk_operations_total', 'applied', 3)
  metrics.count('citydesk_operations_total', 'applied')
  metrics.observe('/v1/push', 7)
  metrics.gauge('citydesk_live_desks', () => 12)
  const served = await serveMetrics(metrics, 0)
  try {
    const text = await (await fetch(served.url)).text()
    expect(text).toContain('citydesk_operations_total{of="applied"} 4')
    expect(text).toContain('citydesk_live_desks 12')
    expect(text).toContain('citydesk_request_ms_bucket{route="/v1/push",le="5"} 0')
    expect(text).toContain('citydesk_request_ms_bucket{route="/v1/push",le="10"} 1')
    expect((await fetch(served.url.replace('/metrics', '/'))).status).toBe(404)
  } finally {
    await served.close()
  }
})
