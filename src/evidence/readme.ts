/** `hasSm2`: whether the log signs its checkpoints with SM2 as well. */
type About = {
  readonly delivery: string
  readonly registry: string
  readonly log: string
  readonly hasSm2: boolean
  readonly exporter: string | undefined
}

/** How to check a bundle by hand, for a court's expert who has openssl and no reason to trust our program. */
export function readmeText({ delivery, registry, log, hasSm2, exporter }: About): string {
  return `查控往来核验包 writ-bundle/1
Evidence of one exchange between a court and a registry

查控请求单 delivery   ${delivery}
协助执行单位 registry  ${registry}
存证日志 log           ${log}${exporter === undefined ? '' : `\n导出人 exported by     ${exporter}`}

一、内容 What is here
  manifest.json      目录：各文件的作用及对应关系 (what each file is, and what belongs to what)
  messages/          请求与反馈原文，逐字节未改 (request and statements, the exact bytes; receipts the gateway gave)
  records/           存证条目，即日志的叶 (the exact leaves of the log; each is a compact JWS)
  proofs/            存证证明 C2SP tlog-proof，内含已签名的检查点 (why each leaf is in the log)
  openings.json      各原文的盐 (the salt of each message)
  attachments/       原文所引文书及回执，以 SHA-256 命名 (documents that the messages name)
  trust/             日志公钥与策略、网关与法院公钥、单位公钥 (keys; compare them with those you have from elsewhere)

二、请先核对公钥 First compare the keys
  trust/ 内的公钥由本包自带，只能说明本包自身一致。请与事先取得或法院公布的公钥比对，或使用自存的策略文件：
  The keys in trust/ came with this bundle and prove only that it agrees with itself. Bring your own:
    writ verify <folder> --policy policy.txt --jwks jwks.json --registry-keys registry-keys.json

三、不用本系统程序亦可核验 Without our program

1. 文件完整 The files:

    sha256sum -c SHA256SUMS

2. 检查点签名，用 openssl 3 The log's signature over its checkpoint:

    t=$(mktemp -d)
    sed '1,/^$/d' proofs/0001.tlog-proof > "$t/checkpoint"
    sed '/^$/,$d' "$t/checkpoint" > "$t/body"
    grep -F "— $(head -n 1 "$t/body") " "$t/checkpoint" | head -n 1 | cut -d' ' -f3 | base64 -d | tail -c +5 > "$t/sig"
    openssl pkeyutl -verify -pubin -inkey trust/log.pub.pem -rawin -in "$t/body" -sigfile "$t/sig"
${hasSm2 ? sm2Line : ''}
3. 条目在日志中 The leaf is in the log: leaf = SHA-256(0x00 || 条目 record)，逐级 SHA-256(0x01 || 左 || 右)，
   见 RFC 6962 2.1.1 (see RFC 6962 section 2.1.1; or Go sumdb/tlog CheckRecord)。

4. 条目绑定原文 The leaf binds the message, with its salt (Python 3, nothing to install):

    python3 - <<'END'
    import base64, hashlib, json
    b64 = lambda text: base64.urlsafe_b64decode(text + '=' * (-len(text) % 4))
    salts = json.load(open('openings.json'))['salts']
    for entry in json.load(open('manifest.json'))['entries']:
        if 'message' not in entry: continue
        message = open(entry['message'], 'rb').read()
        record = json.loads(b64(open(entry['record']).read().split('.')[1]))
        bound = hashlib.sha256(b'writ-commit/v1\\0' + b64(salts[entry['message']]) + message).digest()
        assert bound == b64(record['msg']['commit']) and len(message) == record['msg']['len'], entry['message']
        print(entry['message'], 'OK')
    END

5. 签名 The signatures: messages/*.jws 与 records/*.jws 均为 RFC 7515 compact JWS，可用任何 JOSE 程序库验证。按头部 kid 取公钥；
   alg 为 SM2-SM3 者是 GB/T 32918.2 签名（默认用户标识，r 与 s 各 32 字节），以国密程序库验证。
   Any JOSE library; where alg is SM2-SM3, any library of GB/T 32918.2, default user id, r and s of 32 bytes each. The key is named by kid in the header, and must be the one of whoever speaks:
     请求 request     trust/jwks.json            for = court:<iss>
     反馈 statement   trust/registry-keys.json   (甲级 grade A; re_sha256 = base64url SHA-256 of the request file)
     签收 receipt     trust/jwks.json            for = receipt
     条目 record      trust/jwks.json            for = record

四、证明力与界限 What it proves, and what not
  甲级 A：单位以自己的密钥对请求摘要签名。 The registry's own signature over the digest of the request.
  乙级 B：经认证通道送达，由网关收到时对原字节会签；证明力以网关接收为限。
          Sent over an authenticated channel; it rests on the gateway's reception of exactly these bytes.
  丙级 C：由纸质回执录入并经比对。 Entered from paper and compared by people.
  密文不在包内：条目中的 sha256_ct 是库存密文的摘要，仅供核对数据库。
  No ciphertext is here: sha256_ct in a record is for checking the store, not the message.
  本包证明所载内容存在，不证明别无其他内容；反馈的 sequence 供核对反馈是否缺漏。
  案内序号 case_seq 由条目和所签请求共用，每号只用一次：条目中没有的号，在某份请求的 caseSeq 中。
  It proves that what is here exists, not that there is nothing else; the numbers of statements tell gaps among them.
  Each number of a case, case_seq, stands once: on an entry, or as caseSeq in a signed request.
  iat 为自述时间；时间的外部证明见检查点的见证与时间戳。 iat is the signer's own word.
`
}

const sm2Line = `
   国密签名行，同一正文的第二个签名 The SM2 line, a second signature over the same text:

    t=$(mktemp -d)
    sed '1,/^$/d' proofs/0001.tlog-proof > "$t/checkpoint"
    sed '/^$/,$d' "$t/checkpoint" > "$t/body"
    grep -F "— $(head -n 1 "$t/body") " "$t/checkpoint" | sed -n 2p | cut -d' ' -f3 | base64 -d | tail -c +5 > "$t/sig"
    openssl pkeyutl -verify -pubin -inkey trust/log-sm2.pub.pem -rawin -digest sm3 -pkeyopt distid:1234567812345678 -in "$t/body" -sigfile "$t/sig"
`
