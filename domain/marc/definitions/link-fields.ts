/** 4XX: links to other records. Each holds another field whole, in $1 (reference/domain-cn.md 1.3). */
import { readFieldTable } from './field-definition.ts'
import type { FieldDefinition } from './field-definition.ts'

const LINKS = `
410 丛编 / Series
411 附属丛编 / Sub-series
421 补编与增刊 / Supplement
422 正编与正刊 / Parent of a supplement
423 合订 / Issued with
430 继承 / Continues
431 部分继承 / Continues in part
432 替代 / Supersedes
433 部分替代 / Supersedes in part
434 吸收 / Absorbed
435 部分吸收 / Absorbed in part
436 由若干种合并而成 / Formed by merger of
437 分自 / Separated from
440 由…继承 / Continued by
441 由…部分继承 / Continued in part by
442 由…替代 / Superseded by
443 由…部分替代 / Superseded in part by
444 并入 / Absorbed by
445 部分并入 / Absorbed in part by
446 分成若干种 / Split into
447 与…合并成 / Merged with, to form
448 改回 / Changed back to
451 同载体的其他版本 / Other edition in the same medium
452 其他载体的版本 / Edition in another medium
453 译成 / Translated as
454 译自 / Translation of
455 复制自 / Reproduction of
456 复制成 / Reproduced as
461 所属的总集 / Set
462 所属的分集 / Subset
463 单册 / Piece
464 单册中的一篇 / Piece analytic
470 所评的作品 / Item reviewed
481 同册还装有 / Also bound in this volume
482 装订在 / Bound with
488 其他相关作品 / Other related work`

const SHAPE = `i2 0 不作附注 / No note
i2 1 作附注 / Make a note
1 R 整个被连接的字段 / The linked field, whole`

export const linkFields: readonly FieldDefinition[] = readFieldTable(
  LINKS.trim()
    .split('\n')
    .map((line) => `${line.slice(0, 3)} - R ${line.slice(4)}\n${SHAPE}`)
    .join('\n'),
)
