// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {IPaymentsEscrow} from "../../contracts/compute/interfaces/IPaymentsEscrow.sol";
import {IProviderDelegation} from "../../contracts/compute/interfaces/IProviderDelegation.sol";
import {IProviderStaking} from "../../contracts/compute/interfaces/IProviderStaking.sol";
import {ISignerRegistry} from "../../contracts/compute/interfaces/ISignerRegistry.sol";
import {IVoucherCollector} from "../../contracts/compute/interfaces/IVoucherCollector.sol";
import {IVoucherCollectorCore} from "../../contracts/compute/interfaces/IVoucherCollectorCore.sol";
import {ComputeIds} from "../../contracts/compute/libraries/ComputeIds.sol";
import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {UNXV} from "../../contracts/dao/UNXV.sol";
import {SteeredRegistry} from "../mocks/compute/SteeredRegistry.sol";
import {Artifacts} from "../support/Artifacts.sol";
import {Test} from "../support/Test.sol";

/// @notice The marketplace's money: escrow, signers, vouchers and stake, as they are deployed; the test is governance, the
/// subscription manager and the dispute manager.
abstract contract ComputeTest is Test {
    uint256 internal constant T0 = 1_800_000_000;
    uint256 internal constant MAX = type(uint256).max;
    uint256 internal constant USD = 1e6;
    /// @dev 1 USD in a voucher's value.
    uint128 internal constant VALUE = 1e12;
    uint256 internal constant PAYER_KEY = 0xA11CE;
    uint256 internal constant SIGNER_KEY = 0x51641;
    uint256 internal constant PROVIDER_KEY = 0x960F1DE;
    /// @dev A UNXV is worth 0.1 USDC.
    uint256 internal constant RATE = 1e13;
    uint256 internal constant FEE_BPS = 500;

    AccessManager internal manager;
    DemoToken internal usdc;
    UNXV internal unxv;
    SteeredRegistry internal registry;
    IProviderStaking internal staking;
    IProviderDelegation internal delegation;
    IPaymentsEscrow internal escrow;
    ISignerRegistry internal signers;
    IVoucherCollector internal collector;

    address internal payer = vm.addr(PAYER_KEY);
    address internal signer = vm.addr(SIGNER_KEY);
    address internal provider = vm.addr(PROVIDER_KEY);
    address internal other = address(0x07BE4);
    address internal feeCollector = address(0xFEE);
    address internal insurance = address(0x125);
    uint256 internal provisionId = ComputeIds.provisionId(provider, 1);

    function setUp() public virtual {
        vm.warp(T0);
        manager = AccessManager(Artifacts.deploy("AccessManager.sol:AccessManager", abi.encode(address(this))));
        usdc = DemoToken(
            Artifacts.deploy("contracts/demo/DemoToken.sol:DemoToken", abi.encode("USD Coin", "USDC", uint8(6)))
        );
        unxv = UNXV(Artifacts.deploy("contracts/dao/UNXV.sol:UNXV", abi.encode(address(this))));
        registry = new SteeredRegistry();
        deployPayments();

        deposit(payer, 1_000 * USD);
        stakeFor(provisionId, 100_000e18);
    }

    function deploy(string memory name, bytes memory arguments) internal returns (address) {
        return Artifacts.deploy(string.concat("contracts/compute/", name, ".sol:", name), arguments);
    }

    /// @dev Everything that pays, over `usdc` and `unxv` as they are.
    function deployPayments() internal {
        staking = IProviderStaking(
            deploy("ProviderStaking", abi.encode(address(manager), address(unxv), insurance, RATE))
        );
        escrow = IPaymentsEscrow(deployEscrow(address(usdc), address(staking), FEE_BPS));
        address signerRegistry = deploy("SignerRegistry", abi.encode(address(escrow)));
        collector = IVoucherCollector(deploy("VoucherCollector", abi.encode(address(escrow), signerRegistry)));
        signers = ISignerRegistry(address(collector));
        delegation = IProviderDelegation(
            deploy("ProviderDelegation", abi.encode(address(manager), address(unxv), address(staking)))
        );
        staking.setUp(address(escrow), address(registry), address(this), address(delegation));
        escrow.setUp(address(collector), subscriptionManager(), address(signers));
    }

    function deployEscrow(address token, address staking_, uint256 feeBps) internal returns (address) {
        // The extension knows the same token; where the core must refuse none, it is the core that is asked.
        bytes memory arguments = abi.encode(address(manager), address(usdc), address(staking));
        address extension = deploy("EscrowExtension", arguments);
        arguments = abi.encode(address(manager), token, staking_, feeCollector, insurance, feeBps, extension);
        return deploy("PaymentsEscrow", arguments);
    }

    /// @dev Asked once the escrow and the signer registry are there.
    function subscriptionManager() internal virtual returns (address) {
        return address(this);
    }

    // ---------------------------------------------------------------------------------------------------- shorthand

    function deposit(address who, uint256 amount) internal {
        usdc.mint(address(this), amount);
        usdc.approve(address(escrow), amount);
        escrow.deposit(who, amount);
    }

    function reserve(address who, address for_, uint256 amount) internal {
        vm.prank(who);
        escrow.reserve(for_, uint96(amount));
    }

    /// @dev Stake of the provision's provider, who is given it.
    function stakeFor(uint256 id, uint256 amount) internal {
        address owner = ComputeIds.providerOf(id);
        unxv.transfer(owner, amount);
        vm.startPrank(owner);
        unxv.approve(address(staking), amount);
        staking.stakeAndAssign(id, uint96(amount));
        vm.stopPrank();
    }

    /// @dev Every kind, 100 USDC a day, 1,000 in all, any provider.
    function authoriseSigner() internal {
        authorise(PAYER_KEY, SIGNER_KEY, T0 + 365 days, 0xff, ISignerRegistry.Caps(100e6, 1_000e6, 0));
    }

    function authorise(
        uint256 payerKey,
        uint256 signerKey,
        uint256 expires,
        uint8 kinds,
        ISignerRegistry.Caps memory caps
    ) internal {
        bytes memory proof = signProof(vm.addr(payerKey), signerKey, block.timestamp + 60);
        vm.prank(vm.addr(payerKey));
        signers.authorise(vm.addr(signerKey), uint40(expires), kinds, caps, uint64(block.timestamp + 60), proof);
    }

    // ---------------------------------------------------------------------------------------------------- signatures

    function separator(string memory name, address at) internal view returns (bytes32) {
        return separatorOn(name, at, block.chainid);
    }

    function separatorOn(string memory name, address at, uint256 chainId) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                    keccak256(bytes(name)),
                    keccak256("1"),
                    chainId,
                    at
                )
            );
    }

    function sign(uint256 key, bytes32 domain, bytes32 structHash) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, keccak256(abi.encodePacked("\x19\x01", domain, structHash)));
        return abi.encodePacked(r, s, v);
    }

    function signProof(address for_, uint256 key, uint256 deadline) internal view returns (bytes memory) {
        bytes32 typeHash = keccak256("SignerProof(address payer,address signer,uint64 deadline)");
        bytes32 structHash = keccak256(abi.encode(typeHash, for_, vm.addr(key), deadline));
        return sign(key, separator("cxmpute signers", address(signers)), structHash);
    }

    function signVoucher(
        uint256 key,
        IVoucherCollectorCore.Voucher memory voucher
    ) internal view returns (bytes memory) {
        return sign(key, separator("cxmpute vouchers", address(collector)), voucherHash(voucher));
    }

    function voucherHash(IVoucherCollectorCore.Voucher memory v) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256(
                        "Voucher(address payer,address provider,bytes32 collectionId,uint128 valueAggregate,uint64 timestamp,bytes32 usageRoot)"
                    ),
                    v.payer,
                    v.provider,
                    v.collectionId,
                    v.valueAggregate,
                    v.timestamp,
                    v.usageRoot
                )
            );
    }

    function collectionOf(uint256 id, uint256 kind, uint256 period) internal pure returns (bytes32) {
        return bytes32(ComputeIds.collectionIdOf(id, uint8(kind), uint56(period)));
    }

    /// @dev Of the payer for the provision, of now, without a usage tree.
    function voucherOf(uint256 value, uint256 period) internal view returns (IVoucherCollectorCore.Voucher memory) {
        bytes32 id = collectionOf(provisionId, ComputeIds.KIND_USAGE, period);
        return IVoucherCollectorCore.Voucher(payer, provider, id, uint128(value), uint64(block.timestamp), bytes32(0));
    }

    function itemBy(
        uint256 key,
        IVoucherCollectorCore.Voucher memory voucher
    ) internal view returns (IVoucherCollector.Item memory) {
        return IVoucherCollector.Item(voucher, vm.addr(key), signVoucher(key, voucher));
    }

    function collectOne(IVoucherCollector.Item memory item) internal returns (IVoucherCollector.Result memory) {
        IVoucherCollector.Item[] memory items = new IVoucherCollector.Item[](1);
        items[0] = item;
        return collector.collect(items)[0];
    }

    // ------------------------------------------------------------------------------------------------------- checks

    function assertStatus(
        IVoucherCollector.Result memory result,
        IVoucherCollector.Status status,
        uint256 units,
        string memory message
    ) internal pure {
        assertEq(uint256(result.status), uint256(status), string.concat(message, ": status"));
        assertEq(result.units, units, string.concat(message, ": units"));
    }

    /// @return balance all that is the payer's: free, thawing and reserved
    /// @return reserved for all providers of the tests together
    function fundsOf(address who) internal view returns (uint256 balance, uint256 reserved) {
        (uint256 free, uint256 thawing, ) = escrow.accountOf(who);
        (uint256 forProvider, , ) = escrow.reservationOf(who, provider);
        (uint256 forOther, , ) = escrow.reservationOf(who, other);
        reserved = forProvider + forOther;
        balance = free + thawing + reserved;
    }

    function assertAccount(
        address who,
        uint256 balance,
        uint256 reserved,
        uint256 thawing,
        string memory message
    ) internal view {
        (uint256 actualBalance, uint256 actualReserved) = fundsOf(who);
        (uint256 free, uint256 actualThawing, ) = escrow.accountOf(who);
        assertEq(actualBalance, balance, string.concat(message, ": balance"));
        assertEq(actualReserved, reserved, string.concat(message, ": reserved"));
        assertEq(actualThawing, thawing, string.concat(message, ": thawing"));
        assertEq(free, balance - reserved - thawing, string.concat(message, ": free"));
    }

    function assertReserved(address who, address for_, uint256 amount, string memory message) internal view {
        (uint256 actual, , ) = escrow.reservationOf(who, for_);
        assertEq(actual, amount, message);
    }
}
