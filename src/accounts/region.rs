//! Where somebody is, told by their phone number or e-mail address: calling codes, area codes, countries' own endings.

/// Calling codes (ITU-T E.164) -> country; where several share one, the largest. The longest code that fits counts.
const CALLING: &str = "\
    20 EG 27 ZA 30 GR 31 NL 32 BE 33 FR 34 ES 36 HU 39 IT 40 RO 41 CH 43 AT 44 GB 45 DK 46 SE 47 NO 48 PL 49 DE 51 PE \
    52 MX 53 CU 54 AR 55 BR 56 CL 57 CO 58 VE 60 MY 61 AU 62 ID 63 PH 64 NZ 65 SG 66 TH 7 RU 76 KZ 77 KZ 81 JP 82 KR \
    84 VN 86 CN 90 TR 91 IN 92 PK 93 AF 94 LK 95 MM 98 IR 211 SS 212 MA 213 DZ 216 TN 218 LY 221 SN 225 CI 226 BF \
    228 TG 229 BJ 230 MU 233 GH 234 NG 237 CM 241 GA 243 CD 244 AO 249 SD 250 RW 251 ET 254 KE 255 TZ 256 UG 258 MZ \
    260 ZM 263 ZW 264 NA 265 MW 267 BW 350 GI 351 PT 352 LU 353 IE 354 IS 355 AL 356 MT 357 CY 358 FI 359 BG 370 LT \
    371 LV 372 EE 373 MD 374 AM 375 BY 376 AD 377 MC 380 UA 381 RS 382 ME 383 XK 385 HR 386 SI 387 BA 389 MK 420 CZ \
    421 SK 423 LI 501 BZ 502 GT 503 SV 504 HN 505 NI 506 CR 507 PA 509 HT 591 BO 593 EC 595 PY 598 UY 673 BN 852 HK \
    853 MO 855 KH 856 LA 880 BD 886 TW 960 MV 961 LB 962 JO 963 SY 964 IQ 965 KW 966 SA 967 YE 968 OM 971 AE 972 IL \
    973 BH 974 QA 975 BT 976 MN 977 NP 992 TJ 993 TM 994 AZ 995 GE 996 KG 998 UZ";

/// Area codes of the North American plan: country, state or province, codes. Toll-free codes and shared overlays say nothing.
const AREAS: &str = "\
    US AL 205 251 256 334 659 938;US AK 907;US AZ 480 520 602 623 928;US AR 479 501 870;\
    US CA 209 213 279 310 323 341 350 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 747 760 805 \
    818 820 831 840 858 909 916 925 949 951;US CO 303 719 720 970 983;US CT 203 475 860 959;US DE 302;US DC 202 771;\
    US FL 239 305 321 352 386 407 448 561 656 689 727 754 772 786 813 850 863 904 941 954;\
    US GA 229 404 470 478 678 706 762 770 912 943;US HI 808;US ID 208 986;\
    US IL 217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872;US IN 219 260 317 463 574 765 812 930;\
    US IA 319 515 563 641 712;US KS 316 620 785 913;US KY 270 364 502 606 859;US LA 225 318 337 504 985;US ME 207;\
    US MD 227 240 301 410 443 667;US MA 339 351 413 508 617 774 781 857 978;\
    US MI 231 248 269 313 517 586 616 679 734 810 906 947 989;US MN 218 320 507 612 651 763 952;US MS 228 601 662 769;\
    US MO 314 417 557 573 636 660 816 975;US MT 406;US NE 308 402 531;US NV 702 725 775;US NH 603;\
    US NJ 201 551 609 640 732 848 856 862 908 973;US NM 505 575;\
    US NY 212 315 329 332 347 363 516 518 585 607 624 631 646 680 716 718 838 845 914 917 929 934;\
    US NC 252 336 472 704 743 828 910 919 980 984;US ND 701;US OH 216 220 234 283 326 330 380 419 436 440 513 567 614 740 937;\
    US OK 405 539 572 580 918;US OR 458 503 541 971;US PA 215 223 267 272 412 445 484 570 582 610 717 724 814 835 878;\
    US RI 401;US SC 803 821 839 843 854 864;US SD 605;US TN 423 615 629 731 865 901 931;\
    US TX 210 214 254 281 325 346 361 409 430 432 469 512 682 713 726 737 806 817 830 832 903 915 936 940 945 956 972 979;\
    US UT 385 435 801;US VT 802;US VA 276 434 540 571 686 703 757 804 826 948;US WA 206 253 360 425 509 564;\
    US WV 304 681;US WI 262 274 353 414 534 608 715 920;US WY 307;US PR 787 939;\
    CA AB 368 403 587 780 825;CA BC 236 250 257 604 672 778;CA MB 204 431 584;CA NB 428 506;CA NL 709 879;\
    CA NS 782 902;CA ON 226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 807 905 942;\
    CA QC 263 354 367 418 438 450 468 514 579 581 819 873;CA SK 306 474 639;\
    DO  809 829 849;JM  658 876;BS  242;BB  246;TT  868";

/// Countries whose own endings are used all over the world, so that an address under them says nothing.
const EVERYBODYS: [&str; 26] = [
    "ai", "am", "as", "cc", "cd", "co", "eu", "fm", "gg", "im", "io", "is", "la", "li", "ly", "me",
    "nu", "pw", "sh", "so", "su", "to", "tv", "vc", "ws", "gl",
];

/// The country and, in North America, the state of a phone number that names its country; `home` is the country of a number
/// that does not. Codes as in ISO 3166; none where the number says nothing.
pub fn of_phone(number: &str, home: &str) -> Option<(String, String)> {
    let number = number.trim();
    let number = number
        .get(..4)
        .filter(|scheme| scheme.eq_ignore_ascii_case("tel:"))
        .map_or(number, |_| &number[4..]);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let code = if number.trim_start().starts_with(['+', '＋']) {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else if digits.len() == 11 && digits.starts_with('1') {
        digits
    } else if digits.len() >= 10 && matches!(home, "US" | "CA") {
        format!("1{digits}")
    } else {
        return None;
    };
    if code.len() < 7 {
        return None;
    }
    if let Some(rest) = code.strip_prefix('1') {
        return area(rest.get(..3)?);
    }
    let known: Vec<&str> = CALLING.split_whitespace().collect();
    known
        .chunks(2)
        .filter(|pair| code.starts_with(pair[0]))
        .max_by_key(|pair| pair[0].len())
        .map(|pair| (pair[1].to_owned(), String::new()))
}

fn area(code: &str) -> Option<(String, String)> {
    AREAS.split(';').find_map(|line| {
        if !line.split_whitespace().any(|known| known == code) {
            return None;
        }
        let mut words = line.split_whitespace();
        let country = words.next()?;
        let state = words
            .next()
            .filter(|word| word.bytes().all(|byte| byte.is_ascii_uppercase()));
        Some((country.to_owned(), state.unwrap_or_default().to_owned()))
    })
}

/// The country whose own ending an e-mail address has; none for endings that everybody uses.
pub fn of_email(address: &str) -> Option<String> {
    let host = super::domains::host(address)?;
    let ending = host.rsplit('.').next()?;
    let own = ending.len() == 2
        && ending.bytes().all(|byte| byte.is_ascii_lowercase())
        && !EVERYBODYS.contains(&ending);
    own.then(|| match ending {
        "uk" => "GB".to_owned(),
        other => other.to_uppercase(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_addresses_tell_where_somebody_is() {
        for (number, home, wanted) in [
            ("+1 (415) 555-0100", "", Some(("US", "CA"))),
            ("415.555.0100", "US", Some(("US", "CA"))),
            ("415.555.0100", "", None),
            ("1-604-555-0100", "", Some(("CA", "BC"))),
            ("+1 809 555 0100", "", Some(("DO", ""))),
            ("+1 800 555 0100", "", None),
            ("+49 (0)611 5550100", "", Some(("DE", ""))),
            ("0044 20 7946 0001", "", Some(("GB", ""))),
            ("tel:+353-1-555-0100", "", Some(("IE", ""))),
            ("+7 727 555 0100", "", Some(("KZ", ""))),
            ("+7 495 555 0100", "", Some(("RU", ""))),
            ("030 5550100", "", None),
            ("+12", "", None),
            ("", "", None),
        ] {
            let found = of_phone(number, home);
            let found = found
                .as_ref()
                .map(|(country, state)| (country.as_str(), state.as_str()));
            assert_eq!(found, wanted, "{number}");
        }
        for (address, wanted) in [
            ("a@firma.de", Some("DE")),
            ("a@shop.tesco.co.uk", Some("GB")),
            ("a@start.io", None),
            ("a@start.com", None),
            ("a", None),
        ] {
            assert_eq!(of_email(address).as_deref(), wanted, "{address}");
        }
    }
}
