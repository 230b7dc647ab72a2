/** Names of people who do not exist. */
import type { Random } from './random.ts'

/** Commonest first; the draw prefers the front. Compound surnames at the end. */
export const surnames: readonly string[] = [
  '李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡',
  '贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段',
  '单仇解区查朴翟冼麦欧岑温赖古庄',
]
  .flatMap((line) => Array.from(line))
  .concat('欧阳', '司徒', '上官', '尉迟')

// oxfmt-ignore
export const givenNames: readonly string[] = [
  '伟', '芳', '娜', '敏', '静', '丽', '强', '磊', '军', '洋', '勇', '艳', '杰', '娟', '涛', '明',
  '超', '秀英', '霞', '平', '刚', '桂英', '志强', '秀兰', '建国', '建华', '国强', '玉兰', '桂兰',
  '子轩', '雨桐', '浩然', '梓涵', '欣怡', '宇航', '诗涵', '思远', '佳怡', '俊杰', '一诺', '若曦',
  '嘉豪', '晓彤', '家明', '海燕', '文博', '婉婷', '志远', '雪梅', '振华', '丽华', '晨曦', '梦琪',
  '绮雯', '颖欣', '伟强', '淑贞', '美玲', '德明', '启航', '沐阳', '安琪', '书瑶', '亦凡', '语嫣',
]

/** Characters beyond GB 2312 and GBK, and two of plane 2: what a name field must survive. */
export const rareNames = [
  '李𠮷',
  '王䶮',
  '张堃',
  '陈喆',
  '刘珺玥',
  '赵翀',
  '黄朱镕',
  '周昇',
  '吴頔',
  '徐囍',
  '孙㑇',
  '林𡎚',
] as const

export const minorityNames = [
  '买买提·艾力',
  '阿依古丽·热合曼',
  '古丽娜尔·吐尔逊',
  '努尔兰·哈德尔',
  '扎西·次仁',
  '卓玛·央金',
  '巴特尔·苏和',
  '阿不都热依木·阿不都克里木',
] as const

export const foreignNames = [
  'Emma Thompson-Reed',
  "Liam O'Sullivan",
  'Chloé Dubois',
  'Jürgen Weiß',
  'Søren Lindqvist',
  'María Fernández Ortega',
  '佐藤 健一',
  '김민서',
  'Nguyễn Thị Hương',
  'Olga Ivanova',
] as const

export const institutionNames = [
  '深圳市莲花小学图书室',
  '蛇口社区老年活动中心',
  '坂田科技园职工书屋',
] as const

/** A Chinese name; common surnames are drawn more often, as in life. */
export function sampleName(random: Random): string {
  const at = Math.floor(random.next() * random.next() * surnames.length)
  return (surnames[at] ?? '李') + random.pick(givenNames)
}

/**
 * A number that rings nowhere: mainland mobile numbers begin 13–19, none with 100.
 * `serial` below 100,000,000.
 */
export const samplePhone = (serial: number): string => `100${String(serial).padStart(8, '0')}`
