"""Hosts that are this machine or its network, in every spelling known to have fooled somebody; no public one among them."""

DECIMAL = (
    "127.0.0.1 127.1 127.0.1 127.000.000.001 2130706433 2130706433. 127.0.0.1. 127.255.255.254 127.0.0.2 0 0.0.0.0 00"
)
OCTAL_AND_HEX = """
0177.0.0.1 0177.0.0.01 00000177.0.0.1 017700000001 0x7f.0.0.1 0x7f.0x0.0x0.0x1 0x7f000001 0x7F.1 0x0
0251.0376.0251.0376 0xa9fea9fe 2852039166
"""
NAMES = "localhost LOCALHOST localhost. ⓛⓞⓒⓐⓛⓗⓞⓢⓣ ｌｏｃａｌｈｏｓｔ loc\u00adalhost"
UNICODE = """
127。0。0。1 127．0．0．1 127｡0｡0｡1 １２７.0.0.1 ①②⑦.0.0.1 ⑫7.0.0.1 𝟏𝟐𝟕.𝟎.𝟎.𝟏 127.0.0.\u2460 127.0.0.1\u3002
１２７．０．０．１ ０ｘ７ｆ.1
"""
IPV6 = """
[::1] [0:0:0:0:0:0:0:1] [0000::0001] [::] [::127.0.0.1] [::7f00:1] [::ffff:127.0.0.1] [::ffff:7f00:1]
[0:0:0:0:0:ffff:7f00:1] [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::]
[2001:0:7f00:1::] [fe80::1] [fe80::1%25lo] [fe80::1%lo] [::1%25lo] [fc00::1] [fd00:ec2::254] [ff02::1] [fec0::1]
[100::1] [64:ff9b:1::1] [::ffff:a00:1] [::ffff:169.254.169.254] [2002:a9fe:a9fe::] [v1.127.0.0.1]
"""
NETWORKS = """
10.0.0.1 172.16.0.1 192.168.0.1 192.168.1 169.254.169.254 100.64.0.1 100.100.100.200 198.18.0.1 224.0.0.1 240.0.0.1
255.255.255.255 192.0.0.192
"""
USERINFO = """
good.example@127.0.0.1 good.example:80@127.0.0.1 127.0.0.1%2f@good.example @127.0.0.1 %31%32%37.0.0.1
127.0.0.1\\@good.example 127.0.0.1%00.good.example 127.0.0.1\t 127.0.0.1#@good.example good.example%40127.0.0.1
"""
SPELLINGS = tuple(
    spelling
    for kind in (DECIMAL, OCTAL_AND_HEX, NAMES, UNICODE, IPV6, NETWORKS, USERINFO)
    for spelling in kind.replace("\n", " ").split(" ")
    if spelling
)


def address(host: str, port: int, path: str = "") -> str:
    """The address that writes this host; a spelling with a fragment keeps it behind the port."""
    before, mark, after = host.partition("#")
    return f"http://{before}:{port}/{path}{mark}{after}"
