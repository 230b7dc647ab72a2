import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { KeyHint } from '../../ui/key-hint.tsx'

interface PrintButtonProps {
  /** Null where there is nothing to print. */
  readonly print: (() => void) | null
  readonly word: string
  readonly combo?: string
  readonly testId?: string
}

export function PrintButton({
  print,
  word,
  combo = 'Control+p',
  testId = 'print-receipt',
}: PrintButtonProps) {
  return (
    <Button
      icon={<PrinterOutlined />}
      disabled={print === null}
      onClick={() => print?.()}
      data-testid={testId}
    >
      {word} <KeyHint combo={combo} />
    </Button>
  )
}
