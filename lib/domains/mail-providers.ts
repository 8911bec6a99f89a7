import "server-only";
import { parse } from "tldts";

/** Providers with a name per country: whatever the ending. */
const brands = new Set(["gmail", "googlemail", "hotmail", "outlook", "yahoo", "gmx"]);

const providers = new Set(
  [
    "live.com live.co.uk live.de live.fr live.nl live.it msn.com passport.com",
    "icloud.com me.com mac.com aol.com aim.com ymail.com rocketmail.com verizon.net comcast.net att.net sbcglobal.net",
    "proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.com tuta.io keemail.me hey.com",
    "fastmail.com fastmail.fm hushmail.com mailbox.org posteo.de posteo.net zoho.com zohomail.com zohomail.eu",
    "web.de t-online.de freenet.de arcor.de mail.de mail.com email.com usa.com bluewin.ch",
    "orange.fr wanadoo.fr free.fr sfr.fr laposte.net libero.it virgilio.it tiscali.it alice.it tin.it",
    "btinternet.com sky.com talktalk.net virginmedia.com ziggo.nl kpnmail.nl telenet.be skynet.be",
    "wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz azet.sk abv.bg uol.com.br bol.com.br terra.com.br",
    "yandex.com yandex.ru ya.ru mail.ru inbox.ru list.ru bk.ru rambler.ru ukr.net",
    "qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com naver.com hanmail.net daum.net",
    "rediffmail.com duck.com mozmail.com privaterelay.appleid.com mailinator.com guerrillamail.com yopmail.com",
  ].flatMap((line) => line.split(" ")),
);

/** True for a domain under which anybody can have an address, and for names below it. */
export function isMailProvider(name: string): boolean {
  const { domain, domainWithoutSuffix } = parse(name);
  return [name, domain ?? name].some((candidate) => providers.has(candidate)) || brands.has(domainWithoutSuffix ?? "");
}
