//! Which addresses are out in the world, and a resolver that gives out no others. The check sits where names become
//! addresses, so that what was checked is what is connected to: a name that leads elsewhere a moment later gains nothing.

use futures_util::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

/// Finds the addresses of a name.
pub trait Lookup: Send + Sync {
    /// All addresses of `name`.
    fn lookup(&self, name: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>>;
}

/// The system's own way.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, name: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// The name leads to this machine or into a private network only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the address is not public")]
pub(super) struct NotPublic;

/// Gives out public addresses only.
pub(super) struct PublicOnly {
    lookup: Arc<dyn Lookup>,
    /// The one name this holds for; every name if `None`. The other names are those of proxies, which may well be near.
    host: Option<String>,
}

impl PublicOnly {
    pub(super) fn new(lookup: Arc<dyn Lookup>, host: Option<String>) -> Self {
        Self { lookup, host }
    }
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let guarded = self
            .host
            .as_deref()
            .is_none_or(|host| host.eq_ignore_ascii_case(name.as_str()));
        let found = self.lookup.lookup(name.as_str().to_owned());
        Box::pin(async move {
            let mut found = found.await?;
            let any = !found.is_empty();
            if guarded {
                found.retain(|address| is_public(*address));
            }
            if any && found.is_empty() {
                return Err(NotPublic.into());
            }
            // The client puts the port of the address in.
            let found: Addrs = Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(found)
        })
    }
}

/// Whether an address is out in the world: not this machine's, not of a private, shared, local, documentation or test
/// network, no multicast, and none of the forms in which such an address can be hidden (IANA special-purpose address
/// registries).
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        // This network, private, loopback.
        (0 | 10 | 127, _, _)
            // Shared by customers of a provider.
            | (100, 64..=127, _)
            // Link-local; some clouds hand out credentials there.
            | (169, 254, _)
            // Private.
            | (172, 16..=31, _)
            | (192, 168, _)
            // Protocol assignments, documentation, the old way from IPv4 to IPv6.
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            // Tests of network gear, documentation.
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            // Multicast, reserved, broadcast.
            | (224..=255, _, _)
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let [.., high, low] = parts;
    let inside = Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match parts {
        // IPv4 in IPv6 clothes, and translated by the network (NAT64): what is inside counts.
        [0, 0, 0, 0, 0, 0xffff, _, _] | [0x64, 0xff9b, 0, 0, 0, 0, _, _] => is_public_v4(inside),
        // Protocol assignments (Teredo, ORCHID), documentation, 6to4.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // The rest of what is given out; outside of it are loopback, link-local, unique local, multicast.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLIC: &[&str] = &[
        "8.8.8.8",
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2001:4860:4860::8888",
        "2a00:1450::1",
        "2001:200::1",
        "2001:db9::1",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
    ];
    /// Of this machine, of its network, of nobody.
    const OTHER: &[&str] = &[
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::2",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::127.0.0.1",
        "64:ff9b::192.168.0.1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::1",
        "3fff::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "4000::1",
    ];

    #[test]
    fn addresses_are_told_apart() {
        for public in PUBLIC {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for other in OTHER {
            assert!(!is_public(other.parse().unwrap()), "{other}");
        }
    }

    struct Told(Vec<IpAddr>);

    impl Lookup for Told {
        fn lookup(&self, _name: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> {
            let told = self.0.clone();
            Box::pin(async move { Ok(told) })
        }
    }

    #[tokio::test]
    async fn only_public_addresses_are_given_out() {
        async fn given(told: &[&str], host: Option<&str>) -> Option<Vec<String>> {
            let told = told.iter().map(|address| address.parse().unwrap()).collect();
            let resolver = PublicOnly::new(Arc::new(Told(told)), host.map(str::to_owned));
            match resolver.resolve("Files.Example".parse().unwrap()).await {
                Ok(found) => Some(found.map(|address| address.ip().to_string()).collect()),
                Err(error) => {
                    assert!(error.is::<NotPublic>());
                    None
                }
            }
        }
        assert_eq!(given(&["127.0.0.1"], None).await, None);
        assert_eq!(given(&["10.0.0.1", "::1"], Some("files.example")).await, None);
        assert_eq!(given(&["10.0.0.1", "8.8.8.8"], None).await.unwrap(), ["8.8.8.8"]);
        assert_eq!(
            given(&["10.0.0.1"], Some("other.example")).await.unwrap(),
            ["10.0.0.1"]
        );
        assert_eq!(given(&[], None).await.unwrap(), Vec::<String>::new());
    }
}
